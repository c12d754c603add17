using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/cycle</c></summary>
internal sealed class CycleEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/cycle", HandleAsync)
        .WithName("GetCycle").WithTags("Metrics")
        .WithSummary("The days from creation to close of the deals that closed in a range.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal sealed record Response(AsOfView AsOf, ClosedOutcome Outcome, ClosedDealGrouping? GroupBy, IReadOnlyList<Item> Items);

    /// <param name="Excluded">The deals that have no cycle.</param>
    /// <param name="Reason">Why there are no statistics.</param>
    internal sealed record Item(
        string Key, string? Label, long Deals, decimal? Mean, decimal? Median, decimal? P90, decimal? Min, decimal? Max,
        string? Reason, IReadOnlyList<Exclusion> Excluded);

    /// <summary>Deals that are left out, and why.</summary>
    internal sealed record Exclusion(string Reason, long Deals);

    private static Task<IResult> HandleAsync(
        ClosedDealsQuery query, Choice<ClosedOutcome>? outcome, ChosenFormat format, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        return reads.ReadAsync(query.At, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var chosen = outcome?.Value ?? ClosedOutcome.Won;
            var groups = await query.TallyAsync<CycleTally>(facts, caller.Calendar, chosen.Statuses(), cancellation);
            Item[] items = [.. groups.Select(group => ItemOf(group.Key, group.Label, group.Tally))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, chosen, query.GroupBy, items));
        }
    }

    private static Item ItemOf(string key, string? label, CycleTally tally) => new(
        key, label, tally.Days.Count, tally.Days.Mean, tally.Days.Median, tally.Days.P90, tally.Days.Min, tally.Days.Max,
        tally.Days.Count == 0 ? Ratio.NoDenominator : null,
        tally.Excluded == 0 ? [] : [new("closed-before-created", tally.Excluded)]);

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Number("deals", item => item.Deals),
        CsvColumn<Item>.Ratio("mean", item => item.Mean),
        CsvColumn<Item>.Ratio("median", item => item.Median),
        CsvColumn<Item>.Ratio("p90", item => item.P90),
        CsvColumn<Item>.Ratio("min", item => item.Min),
        CsvColumn<Item>.Ratio("max", item => item.Max),
        CsvColumn<Item>.Text("reason", item => item.Reason),
        CsvColumn<Item>.Number("excluded", item => item.Excluded.Sum(exclusion => exclusion.Deals)),
    ];
}
