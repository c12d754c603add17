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

    /// <summary>The month, quarter or year of a key such as <c>2026-03</c>, <c>2026-Q1</c> or <c>2026</c>; null for another text.</summary>
    public static Period? Find(string key)
    {
        if (key.Length < 4 || !key[..4].All(char.IsAsciiDigit)
            || int.Parse(key[..4], CultureInfo.InvariantCulture) is not (>= 1900 and <= 2999 and var year))
        {
            return null;
        }

        return key[4..] switch
        {
            [] => new(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1)),
            ['-', 'Q', >= '1' and <= '4' and var quarter] => QuarterOf(new DateOnly(year, ((quarter - '1') * 3) + 1, 1)),
            ['-', '0', >= '1' and <= '9' and var month] => MonthOf(new DateOnly(year, month - '0', 1)),
            ['-', '1', >= '0' and <= '2' and var month] => MonthOf(new DateOnly(year, 10 + month - '0', 1)),
            _ => null,
        };
    }

    /// <summary>The calendar months that begin in the period.</summary>
    public IReadOnlyList<Period> Months()
    {
        var months = new List<Period>();
        for (var month = MonthOf(From); month.From < To; month = MonthOf(month.To))
        {
            months.Add(month);
        }

        return months;
    }

    /// <summary>The key of the month that starts the period, for example <c>2026-03</c>.</summary>
    public string MonthKey => From.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The key of the quarter that starts the period, for example <c>2026-Q1</c>.</summary>
    public string QuarterKey => string.Create(CultureInfo.InvariantCulture, $"{From.Year:0000}-Q{((From.Month - 1) / 3) + 1}");

    /// <summary>The key of a month, quarter or year, as <see cref="Find"/> reads it.</summary>
    public string Key => (((To.Year - From.Year) * 12) + To.Month - From.Month) switch
    {
        1 => MonthKey,
        3 => QuarterKey,
        _ => From.Year.ToString("0000", CultureInfo.InvariantCulture),
    };

    /// <summary>Whether the date lies in the period.</summary>
    public bool Contains(DateOnly date) => From <= date && date < To;
}
