using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Pipelines;

/// <summary>The versions of pipelines over valid time, in one state of knowledge.</summary>
public sealed class PipelineVersions(
    IEnumerable<(PipelineId Id, DateTimeOffset From, DateTimeOffset To, PipelineFact Pipeline)> versions)
{
    private static readonly PipelineFact Default = PipelineFact.Of(Pipeline.Decider(Pipeline.DefaultId).Initial)!;

    private readonly ILookup<PipelineId, (DateTimeOffset From, DateTimeOffset To, PipelineFact Pipeline)> _versions =
        versions.ToLookup(version => version.Id, version => (version.From, version.To, version.Pipeline));

    /// <summary>The version in force at an instant; the default pipeline is there without one, others are not.</summary>
    public PipelineFact? Find(PipelineId id, DateTimeOffset at)
    {
        foreach (var (from, to, pipeline) in _versions[id])
        {
            if (from <= at && at < to)
            {
                return pipeline;
            }
        }

        return id == Pipeline.DefaultId ? Default : null;
    }
}
