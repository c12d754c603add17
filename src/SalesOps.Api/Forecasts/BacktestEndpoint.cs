using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Forecasts;

/// <summary><c>GET /v1/forecasts/backtest</c></summary>
internal sealed class BacktestEndpoint : IEndpoint
{
    private const int StepsMax = 400;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/forecasts/backtest", HandleAsync)
        .WithName("BacktestForecast").WithTags("Forecasts")
        .WithSummary("Replays a model over history: at each step it forecasts its period by what was true and known by then.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal enum Step
    {
        Day,
        Week,
        Month,
        Quarter,
    }

    private static async Task<IResult> HandleAsync(
        ClosedDateRange range, Choice<ForecastModel>? model, Choice<Step>? step, Choice<ForecastPeriod>? period,
        Choice<Knowledge>? knowledge, ReadAt at, ChosenFormat format, Caller caller, FactReads reads, DealPasts pasts,
        CancellationToken cancellation)
    {
        var length = period?.Value ?? ForecastPeriod.Quarter;
        var chosen = model?.Value ?? ForecastModel.ClosedPlusWeighted;
        var clock = knowledge?.Value ?? Knowledge.Source;
        var dates = DatesOf(range, step?.Value ?? Step.Week)
            .TakeWhile(date => caller.Calendar.EndOf(date) <= at.ValidAt).Take(StepsMax + 1).ToArray();
        if (dates.Length > StepsMax)
        {
            return Problem.BrokenRule(InputError.InParameter(
                "to", "range-too-long", $"A back-test has at most {StepsMax} steps."));
        }

        var steps = dates.Select(date => (Date: date, Of: PeriodKeys.Of(length, date))).ToArray();
        AskedModels[] instants = [.. steps.Select(one => new AskedModels(caller.Calendar.EndOf(one.Date), one.Of.Days))];
        Read? read = null;
        var unread = await reads.ReadAsync(at, caller, ReadAsync, cancellation);
        return read is null ? unread : Answer(
            read, read.Models ?? await pasts.BySourceAsync(instants, read.AsOf, read.Seen, caller, cancellation));

        async Task<IResult> ReadAsync(FactReader facts, AsOfView asOf)
        {
            var days = steps is [] ? new Period(range.From, range.From) : new(steps[0].Of.Days.From, steps[^1].Of.Days.To);
            read = new(
                asOf, await facts.BookingsAsync(days.From, days.To, at.ValidAt, cancellation),
                await facts.WonOnAsync(days, at.ValidAt, cancellation), await facts.SeenRepsAsync(at.ValidAt, cancellation),
                await pasts.RecordedAsync(clock, instants, facts, asOf, caller, cancellation));
            return TypedResults.Empty;
        }

        IResult Answer(Read known, IReadOnlyList<KnownModels> models)
        {
            Item[] items =
            [
                .. steps.Zip(models).SelectMany(one => ModelItem.Of(one.Second.Of(chosen)).Select(said => Item.Of(
                    one.First.Date, one.First.Of.Key, said, ActualOf(one.First.Of.Days, said.Forecast?.Currency)))),
            ];
            var key = EnumName<ForecastModel>.Of(chosen);
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Item.Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(known.AsOf, chosen, clock, length, items,
                [
                    .. items.Where(item => item is { Forecast: not null, Actual: not null })
                        .GroupBy(item => item.Forecast!.Value.Currency)
                        .Select(group => AccuracyItem.Of(key, null, group.Key, null, new ForecastAccuracy(
                        [
                            .. group.Select(item => new ForecastPair(
                                key, item.Period, item.Forecast!.Value.Amount, item.Actual!.Value.Amount)),
                        ])).With(KnownModels.QualityOf(
                            chosen, models.Where(one => IsOver(one.Knowledge.Period)), group.Key, known.WonOn))),
                ]));

            Money? ActualOf(Period days, string? currency) =>
                currency is not null && IsOver(days) ? new(known.Bookings.Total(currency, days), currency) : null;
        }

        bool IsOver(Period days) => caller.Calendar.EndOf(days.To.AddDays(-1)) <= at.ValidAt;
    }

    /// <summary>What the facts say; the models where they are of the facts too.</summary>
    private sealed record Read(
        AsOfView AsOf, Bookings Bookings, IReadOnlyDictionary<DealId, DateOnly> WonOn, IReadOnlySet<RepId>? Seen,
        IReadOnlyList<KnownModels>? Models);

    private static IEnumerable<DateOnly> DatesOf(ClosedDateRange range, Step step)
    {
        for (var number = 0; ; number++)
        {
            var date = step switch
            {
                Step.Day => range.From.AddDays(number),
                Step.Week => range.From.AddDays(7 * number),
                Step.Month => range.From.AddMonths(number),
                _ => range.From.AddMonths(3 * number),
            };
            if (date >= range.To)
            {
                yield break;
            }

            yield return date;
        }
    }

    /// <param name="Items">One for each step and currency.</param>
    /// <param name="Accuracy">Over all steps whose period is over.</param>
    internal sealed record Response(
        AsOfView AsOf, ForecastModel Model, Knowledge Knowledge, ForecastPeriod Length, IReadOnlyList<Item> Items,
        IReadOnlyList<AccuracyItem> Accuracy);

    /// <param name="Key">The date at whose end the model forecast.</param>
    /// <param name="Period">What it forecast: the period that the date lies in.</param>
    /// <param name="Actual">What was won in the period; absent while it is not over.</param>
    /// <param name="Error">Forecast less actual.</param>
    /// <param name="Reason">Why the model could say nothing.</param>
    internal sealed record Item(
        DateOnly Key, string Period, Money? Forecast, Money? P10, Money? P50, Money? P90, Money? Actual, Money? Error,
        string? Reason, int Deals, int Excluded)
    {
        public static CsvColumn<Item>[] Columns { get; } =
        [
            CsvColumn<Item>.Date("key", item => item.Key),
            CsvColumn<Item>.Text("period", item => item.Period),
            CsvColumn<Item>.Text("currency", item => item.Forecast?.Currency),
            CsvColumn<Item>.Amount("forecast", item => item.Forecast),
            CsvColumn<Item>.Amount("p10", item => item.P10),
            CsvColumn<Item>.Amount("p50", item => item.P50),
            CsvColumn<Item>.Amount("p90", item => item.P90),
            CsvColumn<Item>.Amount("actual", item => item.Actual),
            CsvColumn<Item>.Amount("error", item => item.Error),
            CsvColumn<Item>.Text("reason", item => item.Reason),
        ];

        public static Item Of(DateOnly date, string period, ModelItem said, Money? actual) => new(
            date, period, said.Forecast, said.P10, said.P50, said.P90, actual,
            said.Forecast is { } forecast && actual is { } won ? forecast - won : null, said.Reason, said.Deals, said.Excluded);
    }
}
