using System.Globalization;
using Xunit;

namespace SalesOps.Domain.Tests;

public sealed class BusinessCalendarTests
{
    [Theory]
    [InlineData("UTC", "2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T23:59:59.999999Z")]
    [InlineData("UTC", "2024-02-29", "2024-02-29T00:00:00Z", "2024-02-29T23:59:59.999999Z")]

    // Berlin: a day of 24 hours in winter, one of 23 when summer time starts, one of 25 when it ends.
    [InlineData("Europe/Berlin", "2026-01-15", "2026-01-14T23:00:00Z", "2026-01-15T22:59:59.999999Z")]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999999Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59.999999Z")]

    // Santiago springs forward at midnight: the day starts at one o'clock.
    [InlineData("America/Santiago", "2025-09-07", "2025-09-07T04:00:00Z", "2025-09-08T02:59:59.999999Z")]
    [InlineData("America/Santiago", "2025-09-06", "2025-09-06T04:00:00Z", "2025-09-07T03:59:59.999999Z")]

    // Havana falls back at one o'clock to midnight: the day starts at the first of two midnights.
    [InlineData("America/Havana", "2025-11-02", "2025-11-02T04:00:00Z", "2025-11-03T04:59:59.999999Z")]
    [InlineData("America/Havana", "2025-11-01", "2025-11-01T04:00:00Z", "2025-11-02T03:59:59.999999Z")]
    public void A_date_begins_and_ends_where_its_midnights_are(string zone, string date, string start, string end)
    {
        var calendar = In(zone);
        var day = DateOnly.Parse(date, CultureInfo.InvariantCulture);
        Assert.Equal((Instant(start), Instant(end)), (calendar.StartOf(day), calendar.EndOf(day)));
        Assert.Equal(TimeSpan.Zero, calendar.StartOf(day).Offset);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Santiago")]
    [InlineData("America/Havana")]
    [InlineData("Asia/Beirut")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Pacific/Kiritimati")]
    public void Dates_follow_each_other_without_gap_or_overlap(string zone)
    {
        var calendar = In(zone);
        for (var day = new DateOnly(2023, 1, 1); day < new DateOnly(2027, 1, 1); day = day.AddDays(1))
        {
            Assert.Equal(calendar.StartOf(day.AddDays(1)), calendar.EndOf(day).AddMicroseconds(1));
            Assert.Equal((day, day), (calendar.DateOf(calendar.StartOf(day)), calendar.DateOf(calendar.EndOf(day))));
        }
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Santiago")]
    public void The_first_and_the_last_date_there_are_can_be_asked(string zone)
    {
        var calendar = In(zone);
        Assert.True(calendar.StartOf(DateOnly.MinValue) < calendar.EndOf(DateOnly.MinValue));
        Assert.True(calendar.StartOf(DateOnly.MaxValue) < calendar.EndOf(DateOnly.MaxValue));
        Assert.Equal(0, calendar.EndOf(DateOnly.MaxValue).Nanosecond);
    }

    private static BusinessCalendar In(string zone) => new(TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
