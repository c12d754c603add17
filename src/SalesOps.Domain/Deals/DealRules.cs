using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Deals;

/// <summary>What several commands on deals ask of their members.</summary>
internal static class DealRules
{
    /// <summary>The pipeline is defined, and has the stage if one is named.</summary>
    public static Rejection? Stage(Pipeline pipeline, StageKey? stage) => stage switch
    {
        _ when !pipeline.Exists =>
            Rejection.Invalid("pipeline-unknown", $"There is no pipeline '{pipeline.Id}' at that time.", "/pipelineId"),
        { } key when pipeline.Find(key) is null =>
            Rejection.Invalid("stage-unknown", $"Pipeline '{pipeline.Name}' has no stage '{key}' at that time.", "/stage"),
        _ => null,
    };
}
