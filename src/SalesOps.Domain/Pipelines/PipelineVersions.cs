using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Pipelines;

/// <summary>The versions of pipelines over valid time, in one state of knowledge or in all of them.</summary>
public sealed class PipelineVersions(IEnumerable<(PipelineId Id, KnownRow<PipelineFact> Version)> versions)
{
    private static readonly PipelineFact Default = PipelineFact.Of(Pipeline.Decider(Pipeline.DefaultId).Initial)!;

    private readonly ILookup<PipelineId, KnownRow<PipelineFact>> _versions =
        versions.ToLookup(version => version.Id, version => version.Version);

    /// <summary>The version in force at an instant; the default pipeline is there without one, others are not.</summary>
    /// <param name="knownAt">As known at another; absent where the versions are of one state of knowledge.</param>
    public PipelineFact? Find(PipelineId id, DateTimeOffset validAt, DateTimeOffset? knownAt = null)
    {
        foreach (var version in _versions[id])
        {
            if (version.ValidFrom <= validAt && validAt < version.ValidTo
                && !(knownAt < version.KnownFrom) && !(knownAt >= version.KnownTo))
            {
                return version.Row;
            }
        }

        return id == Pipeline.DefaultId ? Default : null;
    }
}
