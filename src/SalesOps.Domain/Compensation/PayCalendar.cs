namespace SalesOps.Domain.Compensation;

/// <summary>The pay periods of a calculation, one after another from the first that matters to the last asked for.</summary>
internal sealed class PayCalendar
{
    private readonly int _months;
    private readonly DateOnly _start;

    /// <param name="months">1, 3 or 12.</param>
    /// <param name="first">A day of the first period.</param>
    /// <param name="end">The day after the last period.</param>
    public PayCalendar(int months, DateOnly first, DateOnly end)
    {
        _months = months;
        _start = new DateOnly(first.Year, ((first.Month - 1) / months * months) + 1, 1);
        End = end;
        Count = IndexOf(end.AddDays(-1)) + 1;
    }

    /// <summary>The day after the last period.</summary>
    public DateOnly End { get; }

    public int Count { get; }

    public Period this[int index]
    {
        get
        {
            var from = _start.AddMonths(index * _months);
            return new(from, from.AddMonths(_months));
        }
    }

    /// <summary>Which of the periods a date is in; below 0 before the first.</summary>
    public int IndexOf(DateOnly date)
    {
        var months = ((date.Year - _start.Year) * 12) + date.Month - _start.Month;
        return months >= 0 ? months / _months : -((_months - 1 - months) / _months);
    }

    /// <summary>The months of a period that begins and ends with them.</summary>
    public static int MonthsOf(Period period) =>
        ((period.To.Year - period.From.Year) * 12) + period.To.Month - period.From.Month;
}
