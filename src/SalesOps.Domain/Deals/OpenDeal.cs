using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Deals;

/// <summary>Opens a deal; without a stage, in the pipeline's first.</summary>
public sealed record OpenDeal(
    string Name,
    StageKey? Stage,
    AccountId? AccountId = null,
    RepId? OwnerId = null,
    Money? Amount = null,
    DateOnly? ExpectedClose = null,
    LeadId? LeadId = null,
    string? Source = null)
{
    /// <summary>Asking again for the same deal decides nothing; for another one under the same id is a conflict.</summary>
    /// <param name="pipeline">As in force when the deal opens.</param>
    public static Decision<DealEvent> Decide(Deal state, Pipeline pipeline, OpenDeal command)
    {
        if (DealRules.Stage(pipeline, command.Stage) is { } unknownStage)
        {
            return unknownStage;
        }

        if (MoneyRules.Check(command.Amount, "amount", "/amount") is { } badAmount)
        {
            return badAmount;
        }

        if (InputRules.Date(command.ExpectedClose, "/expectedClose") is { } badDate)
        {
            return badDate;
        }

        var opening = new DealEvent.Opened(
            command.Name, pipeline.Id, command.Stage ?? pipeline.Stages[0].Key, command.AccountId, command.OwnerId,
            command.Amount, command.ExpectedClose, command.LeadId, command.Source);
        return state.Opening == opening ? Decision<DealEvent>.Nothing : Decision<DealEvent>.Accept(opening);
    }
}
