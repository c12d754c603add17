using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Pipelines;
using Xunit;

namespace SalesOps.Domain.Tests.Metrics;

public sealed class TallyTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Fact]
    public void A_deal_that_closed_before_it_was_created_has_no_cycle()
    {
        var cycle = new CycleTally();
        cycle.Add(Closed(Monday, Monday.AddDays(-1)), null);
        cycle.Add(Closed(Monday, Monday), null);
        cycle.Add(Closed(Monday, Monday.AddDays(3)), null);

        var days = cycle.Days;
        Assert.Equal((2, 1), (days.Count, cycle.Excluded));
        Assert.Equal((0, 3, 1.5m, 1.5m, 2.7m), (days.Min, days.Max, days.Mean, days.Median, days.P90));
    }

    [Fact]
    public void Without_deals_there_are_no_statistics()
    {
        var days = new CycleTally().Days;
        Assert.Equal((null, null, null), (days.Min, days.Mean, days.P90));
    }

    [Fact]
    public void An_average_is_of_one_currency_and_of_the_deals_that_have_an_amount()
    {
        var bookings = new BookingsTally();
        bookings.Add(Closed(Monday, Monday), new Money(10m, "JPY"));
        bookings.Add(Closed(Monday, Monday), new Money(5m, "JPY"));
        bookings.Add(Closed(Monday, Monday), null);
        Assert.Equal(new Money(8m, "JPY"), bookings.Average);

        bookings.Add(Closed(Monday, Monday), new Money(1m, "EUR"));
        Assert.Equal((null, Ratio.MixedCurrencies), (bookings.Average, bookings.Reason));
        Assert.Equal([new Money(1m, "EUR"), new Money(15m, "JPY")], bookings.Amounts.Rounded);
    }

    [Fact]
    public void Omitted_deals_are_counted_but_not_weighted()
    {
        var stage = new StageFact(new("proposal"), "Proposal", 0.5m, ForecastCategory.Pipeline);
        var tally = new PipelineTally();
        tally.Add(Open(ForecastCategory.Omitted, 10m), stage);
        tally.Add(Open(null, 4m), stage);
        tally.Add(Open(null, 3m), stage with { Category = ForecastCategory.Omitted });
        tally.Add(Open(ForecastCategory.Commit, 2m), stage with { Category = ForecastCategory.Omitted });

        Assert.Equal((4, 2), (tally.Deals, tally.Omitted));
        Assert.Equal([new Money(19m, "EUR")], tally.Amounts.Rounded);
        Assert.Equal([new Money(3m, "EUR")], tally.Weighted.Rounded);
    }

    private static ClosedDeal Closed(DateOnly openedOn, DateOnly closedOn) =>
        new(DealStatus.Won, openedOn, closedOn, null, null, null, null, []);

    private static OpenDeals Open(ForecastCategory? category, decimal amount) =>
        new(Pipeline.DefaultId, new("proposal"), null, category, 1, new Money(amount, "EUR"));
}
