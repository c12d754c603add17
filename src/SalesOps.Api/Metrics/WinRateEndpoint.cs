using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/win-rate</c></summary>
internal sealed class WinRateEndpoint : IEndpoint
{
    private const string ByCount = "closed.count";
    private const string ByValue = "closed.value";
    private const string OfCohort = "cohort.count";
    private const string OfStage = "stage";

    private static readonly string[] definitions = [ByCount, ByValue, OfCohort, OfStage];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/win-rate", HandleAsync)
        .WithName("GetWinRate").WithTags("Metrics")
        .WithSummary("Won ÷ (won + lost) of the deals that closed in a range, or won ÷ all that were created or entered a stage in it.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal sealed record Response(
        AsOfView AsOf, string Definition, ClosedDealGrouping? GroupBy, IReadOnlyList<Item> Items);

    /// <param name="WithoutAmount">Deals that count for nothing by value.</param>
    /// <param name="Reason">Why there is no rate.</param>
    /// <param name="Open">Of a cohort: the deals that are not closed yet.</param>
    /// <param name="Matured">Of a cohort: whether every deal is closed; else the rate is a lower bound.</param>
    internal sealed record Item(
        string Key, string? Label, long Won, long Lost, decimal? Rate, string? Reason, long? WithoutAmount,
        IReadOnlyList<Money>? WonAmounts, IReadOnlyList<Money>? LostAmounts, long? Open, bool? Matured)
    {
        public static Item Of((string Key, string? Label, WinTally Tally) group, string definition)
        {
            var tally = group.Tally;
            var rate = definition == ByValue ? tally.RateByValue : tally.RateByCount;
            return new(
                group.Key, group.Label, tally.Won, tally.Lost, rate.Value, rate.Reason, tally.WithoutAmount,
                tally.WonAmounts.Rounded, tally.LostAmounts.Rounded, null, null);
        }

        public static Item Of((string Key, string? Label, WinCohort Cohort) group) => new(
            group.Key, group.Label, group.Cohort.Won, group.Cohort.Lost, group.Cohort.Rate.Value, group.Cohort.Rate.Reason,
            null, null, null, group.Cohort.Open, group.Cohort.IsMatured);
    }

    private static async Task<IResult> HandleAsync(
        ClosedDealsQuery query, string? definition, string? stage, string? pipelineId, ChosenFormat format, Caller caller,
        FactReads reads, CancellationToken cancellation)
    {
        var chosen = definition ?? ByCount;
        if (!definitions.Contains(chosen, StringComparer.Ordinal))
        {
            return Refused("definition", "definition-unknown", $"The definitions are {string.Join(", ", definitions)}.");
        }

        if (chosen != OfStage && stage is not null)
        {
            return Refused("stage", "stage-unexpected", $"Only the definition '{OfStage}' is of a stage.");
        }

        if (chosen == OfStage && stage is null && query.GroupBy is not null)
        {
            return Refused("stage", "stage-missing", "Grouped by something else than the stage, it takes a stage.");
        }

        return await reads.ReadAsync(query.At, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            IReadOnlyList<Item> items = chosen is OfCohort or OfStage
                ? [.. (await WinCohorts.ReadAsync(
                    facts, query, chosen == OfStage, stage, pipelineId, caller.Calendar, cancellation)).Select(Item.Of)]
                : [.. (await query.TallyAsync<WinTally>(
                    facts, caller.Calendar, [DealStatus.Won, DealStatus.Lost], cancellation)).Select(group => Item.Of(group, chosen))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, chosen, query.GroupBy, items));
        }
    }

    private static Problem Refused(string parameter, string code, string detail) =>
        Problem.BrokenRule(InputError.InParameter(parameter, code, detail));

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Number("won", item => item.Won),
        CsvColumn<Item>.Number("lost", item => item.Lost),
        CsvColumn<Item>.Ratio("rate", item => item.Rate),
        CsvColumn<Item>.Text("reason", item => item.Reason),
        CsvColumn<Item>.Number("open", item => item.Open),
    ];
}
