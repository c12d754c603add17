namespace SalesOps.Domain.Pipelines;

/// <summary>Gives stages the probabilities that history suggests, as a new version of the pipeline.</summary>
/// <param name="Suggest">The probability of a stage; null where the one it has stands.</param>
public sealed record CalibratePipeline(Func<StageKey, decimal?> Suggest)
{
    public static Decision<PipelineEvent> Decide(Pipeline state, CalibratePipeline command) => !state.Exists
        ? Rejection.NotFound("pipeline", state.Id.Value)
        : DefinePipeline.Decide(state, new(
            state.Name!,
            [.. state.Stages.Select(stage => stage with { Probability = command.Suggest(stage.Key) ?? stage.Probability })]));
}
