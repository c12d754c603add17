namespace SalesOps.Domain.Forecasts;

/// <summary>What commands on forecasts ask of their members.</summary>
public static class ForecastRules
{
    /// <summary>The categories that figures are rolled up by, from sure to unsure; what is omitted is in none of them.</summary>
    public static IReadOnlyList<ForecastCategory> Categories { get; } =
    [
        ForecastCategory.Closed, ForecastCategory.Commit, ForecastCategory.MostLikely, ForecastCategory.BestCase,
        ForecastCategory.Pipeline,
    ];

    public static Rejection PeriodUnknown { get; } = Rejection.Invalid(
        "period-unknown", "A period is a month, quarter or year, such as 2026-03, 2026-Q1 or 2026.", "/period");

    public static Rejection PeriodOver { get; } = Rejection.Invalid(
        "period-over", "The period is over at that time: what was said before its end has an effectiveAt in it.", "/effectiveAt");

    /// <summary>Why somebody may not speak for a rep.</summary>
    public static Rejection NotBelow(string actor, RepId ownerId) => Rejection.Invalid(
        "not-below-you", $"At that time '{ownerId}' neither is '{actor}' nor reports to '{actor}', over others or not.", "/ownerId");

    /// <summary>Why somebody may not adjust a rep's figure.</summary>
    public static Rejection NotDirect(string actor, RepId ownerId) => Rejection.Invalid(
        "not-a-direct-report",
        $"Reps adjust what is rolled up to them, managers what their direct reports say: at that time '{ownerId}' is neither to '{actor}'.",
        "/ownerId");

    public static Rejection? Category(ForecastCategory category) => category == ForecastCategory.Omitted
        ? Rejection.Invalid("category-not-forecast", "What is omitted is in no forecast.", "/category")
        : null;

    public static Rejection? Measure(Measure measure) => measure == Domain.Measure.Bookings
        ? null
        : Rejection.Invalid("measure-not-forecast", "Forecasts are of bookings.", "/measure");
}
