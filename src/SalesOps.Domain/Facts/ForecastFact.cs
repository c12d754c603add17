using SalesOps.Domain.Forecasts;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a rep's forecast for a period.</summary>
public sealed record ForecastFact(ValueList<Submission> Submissions, ValueList<Adjustment> Adjustments)
{
    /// <summary>Nothing is kept where nothing was said.</summary>
    public static ForecastFact? Of(Forecast forecast) => forecast.Submissions is [] && forecast.Adjustments is []
        ? null
        : new(forecast.Submissions, forecast.Adjustments);
}
