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

    /// <summary>A date, if there is one, is of a time in which deals are made; periods around it can be reckoned.</summary>
    public static Rejection? Date(DateOnly? date, string pointer) => date?.Year is < 1900 or > 2999
        ? Rejection.Invalid("date-range", "The year lies between 1900 and 2999.", pointer)
        : null;
}
