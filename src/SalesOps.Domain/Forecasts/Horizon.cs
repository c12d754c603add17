namespace SalesOps.Domain.Forecasts;

/// <summary>How long before the end of its period a forecast is judged (RULES R9).</summary>
public static class Horizon
{
    /// <summary>The longest, in days.</summary>
    public const int Longest = 3660;

    /// <summary>
    /// Up to when what was said counts: so many days before the instant at which the period is over; for 0 the last
    /// microsecond of the period.
    /// </summary>
    public static DateTimeOffset InstantOf(Period period, int days, BusinessCalendar calendar) => days == 0
        ? calendar.EndOf(period.To.AddDays(-1))
        : calendar.StartOf(period.To.AddDays(-days));
}
