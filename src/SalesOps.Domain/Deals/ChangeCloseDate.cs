namespace SalesOps.Domain.Deals;

/// <summary>Sets when an open deal is expected to close.</summary>
public sealed record ChangeCloseDate(DateOnly ExpectedClose)
{
    public static Decision<DealEvent> Decide(Deal state, ChangeCloseDate command) => state.Status switch
    {
        _ when InputRules.Date(command.ExpectedClose, "/expectedClose") is { } badDate => badDate,
        DealStatus.Open when state.ExpectedClose == command.ExpectedClose => Decision<DealEvent>.Nothing,
        _ => Decision<DealEvent>.Accept(new DealEvent.CloseDateChanged(command.ExpectedClose)),
    };
}
