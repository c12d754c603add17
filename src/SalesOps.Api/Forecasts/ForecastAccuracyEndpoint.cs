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

        var chosen = baseline?.Value ?? ForecastBaseline.LastPeriod;
        var clock = knowledge?.Value ?? Knowledge.Source;
        var days = new Period(range.From, range.To);
        var periods = AccuracyReads.PeriodsOf(LengthsOf(period?.Value, by?.Value), days, at.ValidAt, caller.Calendar);
        AskedModels[] instants =
        [
            .. horizons.SelectMany(before => periods.Select(one =>
                new AskedModels(Horizon.InstantOf(one.Days, before, caller.Calendar), one.Days))),
        ];
        Read? read = null;
        var unread = await reads.ReadAsync(at, caller, ReadAsync, cancellation);
        if (read is null)
        {
            return unread;
        }

        // Only what asks for the deals of the past pays for reading them.
        return Answer(read, !read.Pairs.NeedsModels ? null
            : read.Models ?? await pasts.BySourceAsync(instants, read.AsOf, read.Seen, caller, cancellation));

        async Task<IResult> ReadAsync(FactReader facts, AsOfView asOf)
        {
            var (pairs, organisation) = await facts.AccuracyPairsAsync(
                by?.Value, category?.Value, chosen, days, at.ValidAt, cancellation);
            var said = new List<ILookup<string, RepForecast>>();
            foreach (var before in horizons)
            {
                said.Add(await facts.SaidAsync(periods, before, clock == Knowledge.Recorded, caller.Calendar, cancellation));
            }

            read = new(asOf, pairs, organisation, said, null, null, null);
            if (pairs.NeedsModels)
            {
                read = read with
                {
                    WonOn = await facts.WonOnAsync(new(days.From, days.To.AddYears(1)), at.ValidAt, cancellation),
                    Seen = await facts.SeenRepsAsync(at.ValidAt, cancellation),
                    Models = await pasts.RecordedAsync(clock, instants, facts, asOf, caller, cancellation),
                };
            }

            return TypedResults.Empty;
        }

        IResult Answer(Read known, IReadOnlyList<KnownModels>? models)
        {
            var items = new List<AccuracyItem>();
            foreach (var (index, before) in horizons.Index())
            {
                KnownModels[]? then = models is null ? null : [.. models.Skip(index * periods.Count).Take(periods.Count)];
                var judged = known.Pairs.Of(periods, before, known.Said[index], then, caller.Calendar);
                items.AddRange(judged.GroupBy(one => (one.Key, one.Currency))
                    .OrderBy(group => group.Key.Key, StringComparer.Ordinal).ThenBy(group => group.Key.Currency, StringComparer.Ordinal)
                    .Select(group =>
                        ItemOf(group.Key.Key, group.Key.Currency, before, [.. group.Select(one => one.Pair)], then)));
                if (judged is [] && by is null)
                {
                    items.Add(AccuracyItem.Of(GroupKey.All, null, null, before, new ForecastAccuracy([])));
                }
            }

            return format.Value == AnswerFormat.Csv
                ? new Csv<AccuracyItem>(AccuracyItem.Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(known.AsOf, by?.Value, clock, chosen, items));

            AccuracyItem ItemOf(
                string key, string currency, int before, IReadOnlyList<ForecastPair> of, IReadOnlyList<KnownModels>? then)
            {
                var item = AccuracyItem.Of(key, LabelOf(key), currency, before, new ForecastAccuracy(of));
                return by?.Value == AccuracyGrouping.Model && key != AccuracyPairs.Submitted
                    ? item.With(KnownModels.QualityOf(EnumName<ForecastModel>.Parse(key), then!, currency, known.WonOn!))
                    : item;
            }

            string? LabelOf(string key) => by?.Value is AccuracyGrouping.Rep or AccuracyGrouping.Manager
                ? known.Organisation.Find(new RepId(key), at.ValidAt)?.Name
                : null;
        }
    }

    /// <summary>What the facts say; the models where they are needed and of the facts too.</summary>
    private sealed record Read(
        AsOfView AsOf, AccuracyPairs Pairs, Organisation Organisation, IReadOnlyList<ILookup<string, RepForecast>> Said,
        IReadOnlyDictionary<DealId, DateOnly>? WonOn, IReadOnlySet<RepId>? Seen, IReadOnlyList<KnownModels>? Models);

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
