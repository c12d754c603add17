namespace SalesOps.Domain;

/// <summary>
/// Turns business dates into instants and back in a tenant's time zone. Instants are UTC with microsecond resolution.
/// </summary>
public sealed class BusinessCalendar(TimeZoneInfo zone)
{
    /// <summary>The calendar of a tenant that has set no time zone.</summary>
    public static BusinessCalendar Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>The first instant of the date: where a date-only fact takes effect.</summary>
    public DateTimeOffset StartOf(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            // A zone that springs forward at midnight starts that day later.
            local = local.AddMinutes(1);
        }

        // Where clocks go back to midnight there are two of it, and the day starts at the first.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(Math.Max(0, local.Ticks - offset.Ticks), TimeSpan.Zero);
    }

    /// <summary>
    /// The last microsecond of the date: what <c>asOf</c> a date means, and when a deal closed on it is closed.
    /// </summary>
    public DateTimeOffset EndOf(DateOnly date) => date == DateOnly.MaxValue
        ? DateTimeOffset.MaxValue.AddTicks(-(DateTimeOffset.MaxValue.Ticks % TimeSpan.TicksPerMicrosecond))
        : StartOf(date.AddDays(1)).AddMicroseconds(-1);

    /// <summary>The business date that an instant falls on.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
