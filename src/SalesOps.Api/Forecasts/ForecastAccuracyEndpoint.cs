using System.Globalization;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Forecasts;

/// <summary><c>GET /v1/forecasts/accuracy</c></summary>
internal sealed class ForecastAccuracyEndpoint : IEndpoint
{
    private const int HorizonsMax = 12;

    /// <summary>Periods that begin in a range, of all lengths together.</summary>
    private const int YearsMax = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/forecasts/accuracy", HandleAsync)
        .WithName("GetForecastAccuracy").WithTags("Forecasts")
        .WithSummary("What was said of the periods that begin in a range and are over, against what was won in them.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        ClosedDateRange range, Choice<AccuracyGrouping>? by, string? horizon, Choice<ForecastCategory>? category,
        Choice<ForecastPeriod>? period, Choice<ForecastBaseline>? baseline, Choice<Knowledge>? knowledge, ReadAt at,
        ChosenFormat format, Caller caller, FactReads reads, DealPasts pasts, CancellationToken cancellation)
    {
        if (HorizonsOf(horizon) is not { } horizons)
        {
            return Problem.BrokenRule(InputError.InParameter(
                "horizon", "horizon-unknown",
                $"A horizon is a number of days up to {Horizon.Longest}; up to {HorizonsMax} may be asked for, with commas."));
        }

        if (range.To > range.From.AddYears(YearsMax))
        {
            return Problem.BrokenRule(InputError.InParameter("to", "range-too-long", $"The range has at most {YearsMax} years."));
        }

        return await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var chosen = baseline?.Value ?? ForecastBaseline.LastPeriod;
            var known = knowledge?.Value ?? Knowledge.Source;
            var organisation = await facts.OrganisationAsync(cancellation);
            var bookings = await facts.BookingsAsync(range.From.AddMonths(-24), range.To.AddYears(1), at.ValidAt, cancellation);
            var pairs = new AccuracyPairs(by?.Value, category?.Value, bookings, organisation);
            (string Key, Period Days)[] periods =
            [
                .. LengthsOf(period?.Value, by?.Value)
                    .SelectMany(of => PeriodKeys.Within(of, range.From, range.To))
                    .Where(one => caller.Calendar.EndOf(one.Days.To.AddDays(-1)) <= at.ValidAt),
            ];
            var items = new List<AccuracyItem>();
            foreach (var days in horizons)
            {
                var judged = await JudgeAsync(days);
                items.AddRange(judged.GroupBy(one => (one.Key, one.Currency))
                    .OrderBy(group => group.Key.Key, StringComparer.Ordinal).ThenBy(group => group.Key.Currency, StringComparer.Ordinal)
                    .Select(group => AccuracyItem.Of(
                        group.Key.Key, LabelOf(group.Key.Key), group.Key.Currency, days,
                        new ForecastAccuracy([.. group.Select(one => one.Pair)]))));
                if (judged is [] && by is null)
                {
                    items.Add(AccuracyItem.Of(GroupKey.All, null, null, days, new ForecastAccuracy([])));
                }
            }

            return format.Value == AnswerFormat.Csv
                ? new Csv<AccuracyItem>(AccuracyItem.Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, by?.Value, known, chosen, items));

            async Task<IReadOnlyList<JudgedForecast>> JudgeAsync(int days)
            {
                var asked = periods.Select(one => (one.Key, SaidBy: Horizon.InstantOf(one.Days, days, caller.Calendar))).ToArray();
                var said = (await facts.ForecastsAsync(asked, known == Knowledge.Recorded, cancellation))
                    .ToLookup(forecast => forecast.Period, forecast => forecast.Said);

                // Only what asks for the deals of the past pays for reading them.
                var models = by?.Value == AccuracyGrouping.Model || chosen == ForecastBaseline.ClosedPlusWeighted
                    ? await pasts.KnowAsync(
                        known, [.. periods.Zip(asked, (one, then) => (then.SaidBy, one.Days))], facts, asOf, caller, cancellation)
                    : null;
                var judged = new List<JudgedForecast>();
                foreach (var (index, (key, of)) in periods.Index())
                {
                    var ofPeriod = pairs.Of(key, of, asked[index].SaidBy, [.. said[key]]);
                    if (models is not null && by?.Value == AccuracyGrouping.Model)
                    {
                        ofPeriod = ofPeriod.Concat(pairs.Of(key, of, Enum.GetValues<ForecastModel>().Select(models[index].Of)));
                    }

                    var weighted = chosen == ForecastBaseline.ClosedPlusWeighted ? models![index].ClosedPlusWeightedByOwner() : null;
                    judged.AddRange(ofPeriod.Select(pair => pair with
                    {
                        Pair = pair.Pair with
                        {
                            Baseline = weighted is null
                                ? bookings.Baseline(pair.Owners, pair.Currency, PeriodKeys.Before(of, chosen))
                                : pair.Owners.Sum(owner => weighted.GetValueOrDefault((owner, pair.Currency))),
                        },
                    }));
                }

                return judged;
            }

            string? LabelOf(string key) => by?.Value is AccuracyGrouping.Rep or AccuracyGrouping.Manager
                ? organisation.Find(new RepId(key), at.ValidAt)?.Name
                : null;
        }
    }

    /// <summary>
    /// Submissions name their periods, so all lengths are looked for; models forecast whatever they are asked, by default
    /// quarters.
    /// </summary>
    private static ForecastPeriod[] LengthsOf(ForecastPeriod? asked, AccuracyGrouping? by) => (asked, by) switch
    {
        ({ } length, _) => [length],
        (_, AccuracyGrouping.Model) => [ForecastPeriod.Quarter],
        _ => Enum.GetValues<ForecastPeriod>(),
    };

    /// <summary>Null where the text is no list of days.</summary>
    private static int[]? HorizonsOf(string? text)
    {
        if (text is null)
        {
            return [0];
        }

        var parts = text.Split(',');
        var days = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var day) ? day : -1);
        return parts.Length <= HorizonsMax && days.All(day => day is >= 0 and <= Horizon.Longest) ? [.. days.Distinct()] : null;
    }

    /// <param name="By">Absent for all reps in one item.</param>
    /// <param name="Baseline">What the value added is over.</param>
    internal sealed record Response(
        AsOfView AsOf, AccuracyGrouping? By, Knowledge Knowledge, ForecastBaseline Baseline, IReadOnlyList<AccuracyItem> Items);
}
