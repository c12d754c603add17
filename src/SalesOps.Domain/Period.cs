using System.Globalization;

namespace SalesOps.Domain;

/// <summary>A half-open range of business dates, <c>[From, To)</c>.</summary>
public readonly record struct Period(DateOnly From, DateOnly To)
{
    /// <summary>The calendar month of a date.</summary>
    public static Period MonthOf(DateOnly date)
    {
        var first = new DateOnly(date.Year, date.Month, 1);
        return new Period(first, first.AddMonths(1));
    }

    /// <summary>The calendar quarter of a date.</summary>
    public static Period QuarterOf(DateOnly date)
    {
        var first = new DateOnly(date.Year, ((date.Month - 1) / 3 * 3) + 1, 1);
        return new Period(first, first.AddMonths(3));
    }

    /// <summary>The key of the month that starts the period, for example <c>2026-03</c>.</summary>
    public string MonthKey => From.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The key of the quarter that starts the period, for example <c>2026-Q1</c>.</summary>
    public string QuarterKey => string.Create(CultureInfo.InvariantCulture, $"{From.Year:0000}-Q{((From.Month - 1) / 3) + 1}");

    /// <summary>Whether the date lies in the period.</summary>
    public bool Contains(DateOnly date) => From <= date && date < To;
}
