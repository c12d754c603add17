namespace SalesOps.Domain.Pipelines;

/// <summary>Sets what the pipeline's stages are from a time on.</summary>
public sealed record DefinePipeline(string Name, IReadOnlyList<Stage> Stages)
{
    public static Decision<PipelineEvent> Decide(Pipeline state, DefinePipeline command)
    {
        if (command.Stages is [])
        {
            return Rejection.Invalid("stages-missing", "A pipeline has at least one stage.", "/stages");
        }

        var keys = new HashSet<StageKey>();
        for (var index = 0; index < command.Stages.Count; index++)
        {
            var stage = command.Stages[index];
            if (!keys.Add(stage.Key))
            {
                return Rejection.Invalid("stage-twice", $"Stage '{stage.Key}' is there twice.", $"/stages/{index}/key");
            }

            if (stage.Probability is < 0 or > 1)
            {
                return Rejection.Invalid(
                    "probability-range", "A probability is between 0 and 1.", $"/stages/{index}/probability");
            }

            if (MethodRefused(stage, $"/stages/{index}") is { } refusal)
            {
                return refusal;
            }
        }

        return state.Name == command.Name && state.Stages.SequenceEqual(command.Stages)
            ? Decision<PipelineEvent>.Nothing
            : Decision<PipelineEvent>.Accept(new PipelineEvent.Defined(command.Name, command.Stages));
    }

    private static Rejection? MethodRefused(Stage stage, string pointer) =>
        InputRules.Texts(stage.ExitCriteria, $"{pointer}/exitCriteria")
        ?? InputRules.Texts(stage.Questions, $"{pointer}/questions")
        ?? InputRules.Texts(stage.Content, $"{pointer}/content")
        ?? InputRules.Texts(stage.BuyingSignals, $"{pointer}/buyingSignals")
        ?? (stage is { CriteriaRequired: true, ExitCriteria: null or [] }
            ? Rejection.Invalid("criteria-missing", "No criteria are there that could be required.", $"{pointer}/criteriaRequired")
            : null);
}
