namespace SalesOps.Domain.Deals;

/// <summary>Hands an open deal to another rep.</summary>
public sealed record ChangeOwner(RepId OwnerId)
{
    public static Decision<DealEvent> Decide(Deal state, ChangeOwner command) =>
        state.Status == DealStatus.Open && state.OwnerId == command.OwnerId
            ? Decision<DealEvent>.Nothing
            : Decision<DealEvent>.Accept(new DealEvent.OwnerChanged(command.OwnerId));
}
