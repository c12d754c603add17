using SalesOps.Domain.Facts;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Forecasts;

/// <summary>The versions of all pipelines, in all states of knowledge; the default one is there without events.</summary>
public sealed class PipelineVersions(IReadOnlyDictionary<PipelineId, IReadOnlyList<KnownRow<PipelineFact>>> versions)
{
    private static readonly PipelineFact Default = PipelineFact.Of(Pipeline.Decider(Pipeline.DefaultId).Initial)!;

    /// <summary>The version in force at an instant, as known at another.</summary>
    public PipelineFact? Find(PipelineId id, DateTimeOffset validAt, DateTimeOffset knownAt) => versions.GetValueOrDefault(id, [])
        .Where(row => row.ValidFrom <= validAt && validAt < row.ValidTo && row.KnownFrom <= knownAt && knownAt < row.KnownTo)
        .Select(row => row.Row)
        .FirstOrDefault() ?? (id == Pipeline.DefaultId ? Default : null);
}
