using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Forecasts;

/// <summary>When what is said of a period takes effect.</summary>
/// <param name="At">Absent for the present.</param>
internal sealed record ForecastTime(DateTimeOffset? At, Rejection? Refusal)
{
    /// <summary>As given, but before the period's end; where nobody says, now, or the last instant of a period that is over.</summary>
    public static ForecastTime Of(string period, DateOrInstant? given, WriteRequest write)
    {
        if (Period.Find(period) is not { } days)
        {
            return new(null, ForecastRules.PeriodUnknown);
        }

        var end = write.Calendar.StartOf(days.To);
        return given?.Start(write.Calendar) is { } at
            ? new(at, at < end ? null : ForecastRules.PeriodOver)
            : new(write.ReceivedAt < end ? null : end.AddMicroseconds(-1), null);
    }
}
