using SalesOps.Api.Facts;
using SalesOps.Api.Territories;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary>Makes snapshots of the pipeline from facts.</summary>
internal static class PipelineQuery
{
    public static async Task<PipelineSnapshot> SnapshotAsync(
        this FactReader facts, Organisation organisation, DateTimeOffset validAt, PipelineGrouping? groupBy,
        PipelineFilter filter, CancellationToken cancellation)
    {
        var byTerritory = groupBy == PipelineGrouping.Territory;
        var open = await facts.OpenDealsAsync(validAt, filter.Deals, byTerritory, cancellation);
        var territories = byTerritory
            ? await facts.TerritoriesOfAsync(validAt, open.Select(deals => deals.AccountId), cancellation)
            : null;
        var pipelines = await facts.PipelinesAsync(validAt, cancellation);
        return PipelineSnapshot.Of(
            open.Where(deals => filter.Admits(organisation.Find(deals.OwnerId, validAt))),
            groupBy,
            rep => organisation.Find(rep, validAt),
            pipeline => pipelines.GetValueOrDefault(pipeline),
            account => account is { } id ? territories?.GetValueOrDefault(id) : null);
    }
}
