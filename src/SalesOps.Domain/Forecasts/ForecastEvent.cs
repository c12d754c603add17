namespace SalesOps.Domain.Forecasts;

/// <summary>Who says by an adjustment what a rep's figure comes to.</summary>
public enum AdjustmentSide
{
    /// <summary>The rep, over what is rolled up from below.</summary>
    Owner,

    /// <summary>The rep's direct manager, over what the rep says.</summary>
    Manager,
}

/// <summary>What happened to the forecast of one rep for one period.</summary>
public abstract record ForecastEvent
{
    private ForecastEvent()
    {
    }

    /// <summary>A call: what the rep's own business of a category comes to in the period.</summary>
    public sealed record Submitted(ForecastCategory Category, Money Amount, string? Note = null) : ForecastEvent;

    /// <summary>An absolute figure in the place of the one that was rolled up (RULES R2).</summary>
    /// <param name="Author">Who adjusted.</param>
    /// <param name="ManagerId">The direct manager at that time; absent on the owner's side.</param>
    /// <param name="Base">What the figure was without the adjustment.</param>
    /// <param name="Position">How far the log was that the base was read from.</param>
    public sealed record Adjusted(
        AdjustmentSide Side,
        string Author,
        ForecastCategory Category,
        Measure Measure,
        Money Amount,
        Money Base,
        long Position,
        string Reason,
        RepId? ManagerId = null) : ForecastEvent;

    /// <summary>The adjustments of a side and category, in whatever currency, hold no longer.</summary>
    public sealed record AdjustmentWithdrawn(
        AdjustmentSide Side, string Author, ForecastCategory Category, Measure Measure, string Reason) : ForecastEvent;
}
