using System.Globalization;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Imports;

/// <summary>A date or date-time as exports write it, and the instants that it means.</summary>
/// <param name="Start">Where a fact of that time takes effect; of a date its first instant.</param>
/// <param name="End">When a deal closed at that time is closed; of a date its last microsecond.</param>
/// <param name="Date">The business date.</param>
internal readonly record struct ImportTime(DateTimeOffset Start, DateTimeOffset End, DateOnly Date)
{
    /// <summary>Dates, and date-times of Salesforce (with and without zone), its API and HubSpot; no zone means UTC.</summary>
    private static readonly string[] Layouts =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd H:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd H:mm",
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFzz00",
        "yyyy-MM-dd'T'HH:mm:sszz00",
    ];

    public static bool TryRead(string text, BusinessCalendar calendar, out ImportTime time)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            time = DateText.IsInRange(date.Year) ? new(calendar.StartOf(date), calendar.EndOf(date), date) : default;
            return DateText.IsInRange(date.Year);
        }

        var isInstant = DateTimeOffset.TryParseExact(
            text, Layouts, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant);
        time = isInstant && DateText.IsInRange(instant.Year) ? new(instant, instant, calendar.DateOf(instant)) : default;
        return isInstant && DateText.IsInRange(instant.Year);
    }
}
