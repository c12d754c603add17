namespace SalesOps.Domain.Deals;

/// <summary>Closes a deal as lost.</summary>
public sealed record LoseDeal(DateOnly ClosedOn, string Reason, string? Competitor)
{
    public static Decision<DealEvent> Decide(Deal state, LoseDeal command) =>
        (state.Status, state.ClosedOn, state.LossReason, state.Competitor)
            == (DealStatus.Lost, command.ClosedOn, command.Reason, command.Competitor)
            ? Decision<DealEvent>.Nothing
            : Decision<DealEvent>.Accept(new DealEvent.Lost(command.ClosedOn, command.Reason, command.Competitor));
}
