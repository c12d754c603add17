namespace SalesOps.Domain.Deals;

/// <summary>Sets an open deal's own forecast category.</summary>
public sealed record ChangeForecastCategory(ForecastCategory Category)
{
    public static Decision<DealEvent> Decide(Deal state, ChangeForecastCategory command) => state.Status switch
    {
        _ when command.Category == ForecastCategory.Closed =>
            Rejection.Invalid("category-closed", "An open deal is not forecast as closed: win it.", "/category"),
        DealStatus.Open when state.ForecastCategory == command.Category => Decision<DealEvent>.Nothing,
        _ => Decision<DealEvent>.Accept(new DealEvent.ForecastCategoryChanged(command.Category)),
    };
}
