using SalesOps.Domain;

namespace SalesOps.Api.Http;

/// <summary>
/// A time as clients give it: a business date or an instant. What instant a date means depends on the tenant's calendar
/// and on the question, so it is kept as it was said until then.
/// </summary>
internal readonly record struct DateOrInstant
{
    private readonly DateOnly date;
    private readonly DateTimeOffset? instant;

    public DateOrInstant(DateOnly date) => this.date = date;

    public DateOrInstant(DateTimeOffset instant) => this.instant = instant;

    public static bool TryRead(string text, out DateOrInstant value, out string fault)
    {
        if (text.Contains('T', StringComparison.Ordinal))
        {
            var isInstant = InstantText.TryRead(text, out var instant, out fault);
            value = new DateOrInstant(instant);
            return isInstant;
        }

        var isDate = DateText.TryRead(text, out var date, out fault);
        value = new DateOrInstant(date);
        if (!isDate && fault != DateText.OutOfRange)
        {
            fault = "A time is a date, YYYY-MM-DD, or an instant, such as 2026-03-31T09:30:00Z.";
        }

        return isDate;
    }

    /// <summary>A query parameter that was checked before; null where it is absent.</summary>
    public static DateOrInstant? Find(IQueryCollection query, string name) =>
        query[name] is [{ } text] && TryRead(text, out var time, out _) ? time : null;

    /// <summary>Where a fact takes effect: a date at its first instant.</summary>
    public DateTimeOffset Start(BusinessCalendar calendar) => instant ?? calendar.StartOf(date);

    /// <summary>Up to where a read looks, and when a deal closes: a date at its last microsecond.</summary>
    public DateTimeOffset End(BusinessCalendar calendar) => instant ?? calendar.EndOf(date);

    public override string ToString() => instant is { } at ? InstantText.Write(at) : DateText.Write(date);
}
