namespace SalesOps.Domain.Forecasts;

/// <summary>What a forecast is judged by besides: what somebody would have said without thinking (RULES R9).</summary>
public enum ForecastBaseline
{
    /// <summary>What was won in the period before.</summary>
    LastPeriod,
    SamePeriodLastYear,

    /// <summary>What was closed and what was open, weighted, at the same instant.</summary>
    ClosedPlusWeighted,
}

/// <summary>A forecast with what came of it, in one currency.</summary>
/// <param name="Unit">Whose it was: a rep, a team, a manager or a model.</param>
/// <param name="Period">For which period.</param>
/// <param name="Baseline">What the baseline says of the same; absent where it has no history.</param>
public sealed record ForecastPair(string Unit, string Period, decimal Forecast, decimal Actual, decimal? Baseline = null)
{
    /// <summary>Above 0 where too much was forecast (RULES R0).</summary>
    public decimal Error => Forecast - Actual;
}
