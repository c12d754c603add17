using SalesOps.Api.Facts;
using SalesOps.Api.Territories;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary>Makes snapshots of the pipeline from facts.</summary>
internal static class PipelineQuery
{
    /// <summary>Those of many instants: the facts are read once, unless each needs the territories of its own.</summary>
    public static async Task<IReadOnlyList<PipelineSnapshot>> SnapshotsAsync(
        this FactReader facts, Organisation organisation, IReadOnlyList<DateTimeOffset> instants, PipelineGrouping? groupBy,
        PipelineFilter filter, CancellationToken cancellation)
    {
        var snapshots = new List<PipelineSnapshot>(instants.Count);
        if (groupBy == PipelineGrouping.Territory)
        {
            foreach (var at in instants)
            {
                snapshots.Add(await facts.SnapshotAsync(organisation, at, groupBy, filter, cancellation));
            }

            return snapshots;
        }

        var byOwner = filter.AsksForUnits || groupBy is PipelineGrouping.Owner or PipelineGrouping.Manager
            or PipelineGrouping.Team or PipelineGrouping.Office;
        var pipelines = await facts.PipelineVersionsAsync(cancellation);
        foreach (var (index, open) in (await facts.OpenDealsAsync(instants, filter.Deals, byOwner, cancellation)).Index())
        {
            var at = instants[index];
            snapshots.Add(PipelineSnapshot.Of(
                filter.AsksForUnits ? open.Where(deals => filter.Admits(organisation.Find(deals.OwnerId, at))) : open,
                groupBy,
                rep => organisation.Find(rep, at),
                pipeline => pipelines.Find(pipeline, at),
                _ => null));
        }

        return snapshots;
    }

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
