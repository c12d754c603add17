using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Deals;

/// <summary>Moves a deal to another stage. Going back is allowed, and measured.</summary>
public sealed record ChangeStage(StageKey Stage)
{
    /// <summary>Asking for the stage the deal is in decides nothing, so a repeat is harmless.</summary>
    /// <param name="pipeline">The deal's, as in force at the time of the change.</param>
    public static Decision<DealEvent> Decide(Deal state, Pipeline pipeline, ChangeStage command) => state.Status switch
    {
        DealStatus.Open when DealRules.Stage(pipeline, command.Stage) is { } unknownStage => unknownStage,
        DealStatus.Open when command.Stage == state.Stage => Decision<DealEvent>.Nothing,
        _ => Decision<DealEvent>.Accept(new DealEvent.StageChanged(command.Stage)),
    };
}
