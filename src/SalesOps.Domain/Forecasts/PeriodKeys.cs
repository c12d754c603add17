using System.Globalization;

namespace SalesOps.Domain.Forecasts;

/// <summary>How long the periods are that are forecast.</summary>
public enum ForecastPeriod
{
    Month,
    Quarter,
    Year,
}

/// <summary>The periods that forecasts are made of, by their keys.</summary>
public static class PeriodKeys
{
    /// <summary>The period of that length that a date lies in.</summary>
    public static (string Key, Period Days) Of(ForecastPeriod length, DateOnly date) => length switch
    {
        ForecastPeriod.Month when Period.MonthOf(date) is var month => (month.MonthKey, month),
        ForecastPeriod.Quarter when Period.QuarterOf(date) is var quarter => (quarter.QuarterKey, quarter),
        _ => (date.Year.ToString("0000", CultureInfo.InvariantCulture), new(new(date.Year, 1, 1), new(date.Year + 1, 1, 1))),
    };

    /// <summary>The periods of that length that begin in a range, in order.</summary>
    public static IEnumerable<(string Key, Period Days)> Within(ForecastPeriod length, DateOnly from, DateOnly to)
    {
        var first = Of(length, from);
        for (var next = first.Days.From < from ? Of(length, first.Days.To) : first; next.Days.From < to; next = Of(length, next.Days.To))
        {
            yield return next;
        }
    }

    /// <summary>The period before, or the one a year before, of the same length.</summary>
    public static Period Before(Period days, ForecastBaseline baseline)
    {
        var months = baseline == ForecastBaseline.SamePeriodLastYear ? 12 : days.Months().Count;
        return new(days.From.AddMonths(-months), days.To.AddMonths(-months));
    }
}
