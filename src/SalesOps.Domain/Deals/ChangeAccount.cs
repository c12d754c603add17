namespace SalesOps.Domain.Deals;

/// <summary>Puts an open deal to the account it is with, or to another than was thought.</summary>
public sealed record ChangeAccount(AccountId AccountId)
{
    public static Decision<DealEvent> Decide(Deal state, ChangeAccount command) =>
        state.Status == DealStatus.Open && state.AccountId == command.AccountId
            ? Decision<DealEvent>.Nothing
            : Decision<DealEvent>.Accept(new DealEvent.AccountChanged(command.AccountId));
}
