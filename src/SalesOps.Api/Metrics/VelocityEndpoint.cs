using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/velocity</c></summary>
internal sealed class VelocityEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/velocity", HandleAsync)
        .WithName("GetVelocity").WithTags("Metrics")
        .WithSummary("Money per day: open deals of a time × win rate × average deal ÷ cycle of the deals that closed in a range.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal enum VelocityGrouping
    {
        Owner,
        Manager,
        Team,
        Office,
    }

    internal enum CycleMeasure
    {
        Mean,
        Median,
    }

    /// <param name="Qualified">Which open deals count.</param>
    /// <param name="WinRateDefinition">Of the deals that closed in the range.</param>
    internal sealed record Response(
        AsOfView AsOf, VelocityGrouping? GroupBy, string Qualified, string WinRateDefinition, CycleMeasure Cycle,
        IReadOnlyList<Item> Items);

    /// <param name="AverageDealSize">Of won deals.</param>
    /// <param name="CycleDays">Of won deals.</param>
    /// <param name="Velocity">Per day.</param>
    /// <param name="Reason">Why there is no velocity.</param>
    internal sealed record Item(
        string Key, string? Label, long Opportunities, decimal? WinRate, Money? AverageDealSize, decimal? CycleDays,
        Money? Velocity, string? Reason);

    private static Task<IResult> HandleAsync(
        ReadAt at, DateRange range, Choice<VelocityGrouping>? groupBy, Choice<CycleMeasure>? cycle, ChosenFormat format, Caller caller,
        FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            ClosedDealGrouping? closedBy = groupBy?.Value switch
            {
                VelocityGrouping.Owner => ClosedDealGrouping.Owner,
                VelocityGrouping.Manager => ClosedDealGrouping.Manager,
                VelocityGrouping.Team => ClosedDealGrouping.Team,
                VelocityGrouping.Office => ClosedDealGrouping.Office,
                _ => null,
            };
            var closed = await new ClosedDealsQuery(at, range, closedBy).TallyAsync<Velocity>(
                facts, caller.Calendar, [DealStatus.Won, DealStatus.Lost], cancellation);
            var organisation = await facts.OrganisationAsync(cancellation);
            var groups = closed.ToDictionary(group => group.Key, group => group.Tally, StringComparer.Ordinal);
            var pipelines = await facts.PipelinesAsync(at.ValidAt, cancellation);
            foreach (var open in await facts.OpenDealsAsync(at.ValidAt, new(), byAccount: false, cancellation))
            {
                var stage = pipelines.GetValueOrDefault(open.PipelineId)?.Stages.FirstOrDefault(stage => stage.Key == open.Stage);
                if ((open.Category ?? stage?.Category) != ForecastCategory.Omitted)
                {
                    var key = KeyOf(open.OwnerId) ?? GroupKey.None;
                    groups.TryAdd(key, new Velocity());
                    groups[key].Opportunities += open.Deals;
                }
            }

            var byMedian = cycle?.Value == CycleMeasure.Median;
            Item[] items = [.. groups.OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => ItemOf(group.Key, LabelOf(group.Key), group.Value, byMedian))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(
                    asOf, groupBy?.Value, "open-not-omitted", "closed.count", cycle?.Value ?? CycleMeasure.Mean, items));

            string? KeyOf(RepId? ownerId)
            {
                var owner = organisation.Find(ownerId, at.ValidAt);
                return groupBy?.Value switch
                {
                    null => GroupKey.All,
                    VelocityGrouping.Owner => ownerId?.Value,
                    VelocityGrouping.Manager => owner?.ManagerId?.Value,
                    VelocityGrouping.Team => owner?.Team,
                    _ => owner?.Office,
                };
            }

            string? LabelOf(string key) => groupBy?.Value is VelocityGrouping.Owner or VelocityGrouping.Manager
                ? organisation.Find(new RepId(key), at.ValidAt)?.Name
                : null;
        }
    }

    private static Item ItemOf(string key, string? label, Velocity velocity, bool byMedian)
    {
        var (perDay, reason) = velocity.PerDay(byMedian);
        return new(
            key, label, velocity.Opportunities, velocity.WinRate.Value, velocity.AverageDeal,
            byMedian ? velocity.Cycle.Median : velocity.Cycle.Mean, perDay, reason);
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Number("opportunities", item => item.Opportunities),
        CsvColumn<Item>.Ratio("winRate", item => item.WinRate),
        CsvColumn<Item>.Text("currency", item => item.AverageDealSize?.Currency),
        CsvColumn<Item>.Amount("averageDealSize", item => item.AverageDealSize),
        CsvColumn<Item>.Ratio("cycleDays", item => item.CycleDays),
        CsvColumn<Item>.Amount("velocity", item => item.Velocity),
        CsvColumn<Item>.Text("reason", item => item.Reason),
    ];
}
