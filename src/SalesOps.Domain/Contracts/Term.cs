using System.Text.Json.Serialization;

namespace SalesOps.Domain.Contracts;

/// <summary>The dates of a contract's term; the only interval whose end, <paramref name="End"/>, is its last day (RULES R26).</summary>
public sealed record Term(DateOnly Start, DateOnly End)
{
    private const decimal MonthsOfYear = 12;
    private const decimal DaysOfYear = 365;

    /// <summary>Its length where that is a number of whole months.</summary>
    [JsonIgnore]
    public int? Months
    {
        get
        {
            var months = ((End.AddDays(1).Year - Start.Year) * 12) + End.AddDays(1).Month - Start.Month;
            return months > 0 && Start.AddMonths(months) == End.AddDays(1) ? months : null;
        }
    }

    /// <summary>How many days there are in it.</summary>
    [JsonIgnore]
    public int Days => End.DayNumber - Start.DayNumber + 1;

    /// <summary>Its length in years: by months where they are whole, else by days of a 365th.</summary>
    [JsonIgnore]
    public decimal Years => Months is { } months ? months / MonthsOfYear : Math.Max(1, Days) / DaysOfYear;

    /// <summary>The term that follows without a gap: so many months, or as long as this one.</summary>
    public Term Next(int? months) => From(End.AddDays(1), months);

    /// <summary>A term from a date on: so many months, or as long as this one.</summary>
    public Term From(DateOnly start, int? months) => (months ?? Months) is { } whole
        ? new(start, start.AddMonths(whole).AddDays(-1))
        : new(start, start.AddDays(Days - 1));
}
