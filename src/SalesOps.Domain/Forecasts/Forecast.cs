namespace SalesOps.Domain.Forecasts;

/// <summary>What stands of a rep's forecast, with when it was said.</summary>
public sealed record Submission(ForecastEvent.Submitted Said, DateTimeOffset At);

/// <summary>An adjustment that stands, with when it was made.</summary>
public sealed record Adjustment(ForecastEvent.Adjusted Made, DateTimeOffset At);

/// <summary>
/// The forecast of one rep for one period at one instant: the last submission of each category and currency, and the last
/// adjustment of each side. What they replaced stays in the history.
/// </summary>
public sealed record Forecast(ValueList<Submission> Submissions, ValueList<Adjustment> Adjustments)
{
    public static Decider<Forecast, ForecastEvent> Decider { get; } = new(new Forecast([], []), Evolve, (_, _) => null);

    public Submission? Find(ForecastCategory category, string currency) => Submissions
        .FirstOrDefault(standing => standing.Said.Category == category && standing.Said.Amount.Currency == currency);

    public Adjustment? Find(AdjustmentSide side, ForecastCategory category, string currency) => Adjustments
        .FirstOrDefault(standing => IsOf(standing, side, category) && standing.Made.Amount.Currency == currency);

    private static Forecast Evolve(Forecast state, Fact<ForecastEvent> fact) => fact.Event switch
    {
        ForecastEvent.Submitted e => state with
        {
            Submissions =
            [
                .. state.Submissions.Where(standing =>
                    (standing.Said.Category, standing.Said.Amount.Currency) != (e.Category, e.Amount.Currency)),
                new(e, fact.EffectiveAt),
            ],
        },
        ForecastEvent.Adjusted e => state with
        {
            Adjustments =
            [
                .. state.Adjustments.Where(standing => !IsOf(standing, e.Side, e.Category)
                    || standing.Made.Amount.Currency != e.Amount.Currency),
                new(e, fact.EffectiveAt),
            ],
        },
        ForecastEvent.AdjustmentWithdrawn e => state with
        {
            Adjustments = [.. state.Adjustments.Where(standing => !IsOf(standing, e.Side, e.Category))],
        },
        _ => state,
    };

    private static bool IsOf(Adjustment standing, AdjustmentSide side, ForecastCategory category) =>
        standing.Made.Side == side && standing.Made.Category == category;
}
