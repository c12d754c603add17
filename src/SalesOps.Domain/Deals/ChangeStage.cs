using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Deals;

/// <summary>Moves a deal to another stage. Going back is allowed, and measured.</summary>
/// <param name="MetCriteria">The exit criteria of the stage it leaves that are met.</param>
public sealed record ChangeStage(StageKey Stage, IReadOnlyList<string>? MetCriteria = null)
{
    /// <summary>Asking for the stage the deal is in decides nothing, so a repeat is harmless.</summary>
    /// <param name="pipeline">The deal's, as in force at the time of the change.</param>
    public static Decision<DealEvent> Decide(Deal state, Pipeline pipeline, ChangeStage command) => state.Status switch
    {
        DealStatus.Open when DealRules.Stage(pipeline, command.Stage) is { } unknownStage => unknownStage,
        DealStatus.Open when command.Stage == state.Stage => Decision<DealEvent>.Nothing,
        DealStatus.Open when Unmet(state, pipeline, command) is { } unmet => unmet,
        _ => Decision<DealEvent>.Accept(new DealEvent.StageChanged(command.Stage, command.MetCriteria)),
    };

    private static Rejection? Unmet(Deal state, Pipeline pipeline, ChangeStage command)
    {
        var known = pipeline.Find(state.Stage)?.ExitCriteria ?? [];
        foreach (var (index, met) in (command.MetCriteria ?? []).Index())
        {
            if (!known.Contains(met, StringComparer.Ordinal))
            {
                return Rejection.Invalid(
                    "criterion-unknown", $"Stage '{state.Stage}' has no exit criterion '{met}'.", $"/metCriteria/{index}");
            }
        }

        return pipeline.CriteriaBetween(state.Stage, command.Stage).Except(command.MetCriteria ?? []).FirstOrDefault() is { } unmet
            ? Rejection.Invalid("exit-criteria-unmet", $"Stage '{state.Stage}' is left with '{unmet}' met.", "/metCriteria")
            : null;
    }
}
