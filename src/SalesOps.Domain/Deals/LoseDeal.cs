namespace SalesOps.Domain.Deals;

/// <summary>Closes a deal as lost.</summary>
public sealed record LoseDeal(DateOnly ClosedOn, string Reason, string? Competitor)
{
    public static Decision<DealEvent> Decide(Deal state, LoseDeal command) => state.Status switch
    {
        _ when InputRules.Date(command.ClosedOn, "/closedOn") is { } badDate => badDate,
        DealStatus.Lost when (state.ClosedOn, state.LossReason, state.Competitor)
            == (command.ClosedOn, command.Reason, command.Competitor) => Decision<DealEvent>.Nothing,
        _ => Decision<DealEvent>.Accept(new DealEvent.Lost(command.ClosedOn, command.Reason, command.Competitor)),
    };
}
