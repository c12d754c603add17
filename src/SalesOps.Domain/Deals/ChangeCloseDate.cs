namespace SalesOps.Domain.Deals;

/// <summary>Sets when an open deal is expected to close.</summary>
public sealed record ChangeCloseDate(DateOnly ExpectedClose)
{
    public static Decision<DealEvent> Decide(Deal state, ChangeCloseDate command) =>
        state.Status == DealStatus.Open && state.ExpectedClose == command.ExpectedClose
            ? Decision<DealEvent>.Nothing
            : Decision<DealEvent>.Accept(new DealEvent.CloseDateChanged(command.ExpectedClose));
}
