using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>GET /v1/metrics/ramp</c></summary>
internal sealed class RampEndpoint : IEndpoint
{
    private const int PeriodsMax = 60;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/ramp", HandleAsync)
        .WithName("GetRamp").WithTags("Metrics")
        .WithSummary("How long the reps hired in a range took to ramp, by one of three definitions.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        DateRange range, Choice<RampDefinition>? definition, int? k, decimal? x, Choice<ForecastPeriod>? period, ReadAt at,
        ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        var chosen = definition?.Value ?? RampDefinition.Sustained;
        var (inARow, percent) = chosen == RampDefinition.FirstFull ? (1, 100m) : (k ?? 2, x ?? 80m);
        return inARow is < 1 or > 24 || percent is <= 0 or > 1000
            ? Problem.BrokenRule(InputError.InParameter(
                "k", "ramp-range", "A ramp is k periods in a row, 1 to 24, of at least x percent, above 0 and at most 1000."))
            : await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var organisation = await facts.OrganisationAsync(cancellation);
            var today = caller.Calendar.DateOf(at.ValidAt);
            var hired = organisation.At(at.ValidAt)
                .Where(rep => rep.Rep.HiredOn is not { } on
                    ? range is { From: null, To: null }
                    : on >= (range.From ?? DateOnly.MinValue) && on < (range.To ?? DateOnly.MaxValue))
                .ToArray();
            if (chosen == RampDefinition.CyclePlus90)
            {
                var cycle = new CycleTally();
                await foreach (var deal in facts.ClosedDealsAsync(
                    at.ValidAt, today.AddYears(-1), today.AddDays(1), [DealStatus.Won], cancellation))
                {
                    cycle.Add(deal, deal.Amount);
                }

                return Answer([Item.Of(GroupKey.All, null, null, Ramp.OfCycle(cycle))]);
            }

            var first = hired.Select(rep => rep.Rep.HiredOn).OfType<DateOnly>().DefaultIfEmpty(today).Min();
            var length = period?.Value ?? ForecastPeriod.Month;
            (string Key, Period Days)[] periods =
            [
                .. PeriodKeys.Within(length, PeriodKeys.Of(length, first).Days.From, today.AddDays(1))
                    .Where(one => one.Days.To <= today.AddDays(1)).TakeLast(PeriodsMax),
            ];
            var attained = await AttainedAsync(facts, organisation, periods);
            return Answer(
            [
                .. hired.Select(rep => Item.Of(rep.RepId.Value, rep.Rep.Name, rep.Rep.HiredOn, Ramp.Of(
                    rep.Rep.HiredOn,
                    [
                        .. periods.Index().Where(one => one.Item.Days.To > rep.Rep.HiredOn).Select(one => new PeriodAttainment(
                            one.Item.Key, one.Item.Days, attained[one.Index].GetValueOrDefault(rep.RepId.Value))),
                    ],
                    inARow, percent / 100))),
            ]);

            IResult Answer(Item[] items)
            {
                var ramped = items.Where(item => item.Days is not null).ToArray();
                return format.Value == AnswerFormat.Csv
                    ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                    : TypedResults.Ok(new Response(
                        asOf, chosen, items, ramped is [] ? null : ramped.Average(item => item.Days),
                        ramped is [] ? Ratio.NoDenominator : null));
            }
        }

        async Task<IReadOnlyList<IReadOnlyDictionary<string, decimal?>>> AttainedAsync(
            FactReader facts, Organisation organisation, IReadOnlyList<(string Key, Period Days)> periods)
        {
            var attained = new List<IReadOnlyDictionary<string, decimal?>>();
            foreach (var (_, days) in periods)
            {
                var attainment = new Attainment(AttainmentGrouping.Rep, organisation, caller.Calendar, at.ValidAt);
                await facts.AddQuotasAsync(
                    attainment, days, QuotaMeasure.Bookings, SplitKind.Revenue, at.ValidAt, cancellation);
                await facts.AddCreditsAsync(
                    attainment, days, QuotaMeasure.Bookings, SplitKind.Revenue, at.ValidAt, territoriesOf: null, cancellation);
                attained.Add(attainment.Items().GroupBy(item => item.Key, StringComparer.Ordinal).ToDictionary(
                    rep => rep.Key, rep => rep.Max(item => item.Figures.Ratio.Value), StringComparer.Ordinal));
            }

            return attained;
        }
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Date("hiredOn", item => item.HiredOn),
        CsvColumn<Item>.Text("period", item => item.Period),
        CsvColumn<Item>.Number("periods", item => item.Periods),
        new("days", item => item.Days is { } days ? RatioText.Write(days) : null),
        CsvColumn<Item>.Text("reason", item => item.Reason),
    ];

    /// <param name="Mean">Days, of those that have ramped.</param>
    /// <param name="Reason">Why there is no mean.</param>
    internal sealed record Response(
        AsOfView AsOf, RampDefinition Definition, IReadOnlyList<Item> Items, decimal? Mean, string? Reason);

    /// <param name="Period">In which the rep counts as ramped.</param>
    /// <param name="Periods">How many had passed before it since the hire.</param>
    /// <param name="Days">From the hire to the end of that period.</param>
    /// <param name="Reason">Why there is no ramp time.</param>
    internal sealed record Item(
        string Key, string? Label, DateOnly? HiredOn, string? Period, int? Periods, decimal? Days, string? Reason)
    {
        public static Item Of(string key, string? label, DateOnly? hiredOn, Ramp ramp) =>
            new(key, label, hiredOn, ramp.Period, ramp.Periods, ramp.Days, ramp.Reason);
    }
}
