namespace SalesOps.Domain.Forecasts;

/// <summary>
/// How much more is won on a day of a calendar month than on any day: the mean of the complete months of that name over the
/// mean of all, and 1 for all while there isn't a year of them.
/// </summary>
public sealed class Seasons
{
    private readonly decimal[] _weights = [.. Enumerable.Repeat(1m, 13)];

    /// <param name="won">What was won by business date.</param>
    /// <param name="first">The first date of the history.</param>
    /// <param name="today">The last one; its month is not complete.</param>
    public Seasons(IReadOnlyDictionary<DateOnly, decimal> won, DateOnly first, DateOnly today)
    {
        var months = new Period(first, Period.MonthOf(today).From).Months().Where(month => month.From >= first && month.To <= today)
            .ToArray();
        var byMonth = won.GroupBy(entry => Period.MonthOf(entry.Key).From)
            .ToDictionary(month => month.Key, month => month.Sum(entry => entry.Value));
        var days = months.Sum(DaysOf);
        var all = months.Sum(month => byMonth.GetValueOrDefault(month.From));
        if (months.Length < 12 || all == 0)
        {
            return;
        }

        foreach (var same in months.GroupBy(month => month.From.Month))
        {
            _weights[same.Key] = same.Sum(month => byMonth.GetValueOrDefault(month.From)) / same.Sum(DaysOf) / (all / days);
        }
    }

    /// <summary>The weight of all days of a range; 0 for one that is empty.</summary>
    public decimal WeightOf(DateOnly from, DateOnly to)
    {
        var weight = 0m;
        for (var day = from; day < to; day = day.AddDays(1))
        {
            weight += _weights[day.Month];
        }

        return weight;
    }

    private static int DaysOf(Period month) => month.To.DayNumber - month.From.DayNumber;
}
