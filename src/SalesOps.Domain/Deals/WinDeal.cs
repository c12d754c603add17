namespace SalesOps.Domain.Deals;

/// <summary>Closes a deal as won.</summary>
public sealed record WinDeal(DateOnly ClosedOn, Money? Amount)
{
    public static Decision<DealEvent> Decide(Deal state, WinDeal command) => state.Status switch
    {
        _ when MoneyRules.Check(command.Amount, "amount", "/amount") is { } badAmount => badAmount,
        _ when InputRules.Date(command.ClosedOn, "/closedOn") is { } badDate => badDate,
        DealStatus.Won when state.ClosedOn == command.ClosedOn && (command.Amount ?? state.Amount) == state.Amount =>
            Decision<DealEvent>.Nothing,
        _ => Decision<DealEvent>.Accept(new DealEvent.Won(command.ClosedOn, command.Amount)),
    };
}
