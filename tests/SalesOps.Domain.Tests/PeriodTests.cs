using Xunit;

namespace SalesOps.Domain.Tests;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2026-01-01", "2026-01", "2026-Q1")]
    [InlineData("2026-03-31", "2026-03", "2026-Q1")]
    [InlineData("2024-02-29", "2024-02", "2024-Q1")]
    [InlineData("2026-04-01", "2026-04", "2026-Q2")]
    [InlineData("2026-12-31", "2026-12", "2026-Q4")]
    public void A_date_lies_in_one_month_and_one_quarter(string date, string month, string quarter)
    {
        var day = DateOnly.Parse(date);
        Assert.Equal((month, quarter), (Period.MonthOf(day).MonthKey, Period.QuarterOf(day).QuarterKey));
        Assert.True(Period.MonthOf(day).Contains(day));
        Assert.True(Period.QuarterOf(day).Contains(day));
    }

    [Fact]
    public void The_first_day_belongs_to_a_period_and_the_day_after_its_last_does_not()
    {
        var january = Period.MonthOf(new(2026, 1, 15));
        Assert.True(january.Contains(new(2026, 1, 1)));
        Assert.True(january.Contains(new(2026, 1, 31)));
        Assert.False(january.Contains(new(2026, 2, 1)));
        Assert.False(january.Contains(new(2025, 12, 31)));
    }
}
