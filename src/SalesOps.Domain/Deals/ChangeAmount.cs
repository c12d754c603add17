namespace SalesOps.Domain.Deals;

/// <summary>Sets what an open deal is worth.</summary>
public sealed record ChangeAmount(Money Amount)
{
    public static Decision<DealEvent> Decide(Deal state, ChangeAmount command) => state.Status switch
    {
        _ when MoneyRules.Check(command.Amount, "amount", "/amount") is { } badAmount => badAmount,
        DealStatus.Open when state.Amount == command.Amount => Decision<DealEvent>.Nothing,
        _ => Decision<DealEvent>.Accept(new DealEvent.AmountChanged(command.Amount)),
    };
}
