using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Reps;
using Xunit;
using static SalesOps.Domain.Tests.Examples;
using static SalesOps.Domain.Tests.Metrics.Paths;

namespace SalesOps.Domain.Tests.Metrics;

/// <summary>Velocity, coverage, cycles, stage days and activities, by published examples where there are some.</summary>
public sealed class SalesFiguresTests
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    [Theory]
    [InlineData(22, 46, 2_142_609)]
    [InlineData(27, 36, 3_360_000)]
    public void V1_velocity_is_money_per_day(int wonOfHundred, int days, int cents)
    {
        var velocity = new Velocity { Opportunities = 320 };
        for (var deal = 0; deal < 100; deal++)
        {
            var status = deal < wonOfHundred ? DealStatus.Won : DealStatus.Lost;
            velocity.Add(Closed(status, days), status == DealStatus.Won ? Usd(14_000) : Usd(1));
        }

        Assert.Equal(Usd(cents / 100m), velocity.PerDay(byMedian: false).PerDay);
        Assert.Equal(Usd(cents / 100m), velocity.PerDay(byMedian: true).PerDay);
    }

    [Fact]
    public void Without_wins_or_days_there_is_no_velocity()
    {
        var velocity = new Velocity { Opportunities = 3 };
        Assert.Equal((null, Ratio.NoDenominator), velocity.PerDay(byMedian: false));
        velocity.Add(Closed(DealStatus.Won, 0), Usd(10));
        Assert.Equal((null, Ratio.NoDenominator), velocity.PerDay(byMedian: false));
        velocity.Add(Closed(DealStatus.Won, 5), new Money(1, "EUR"));
        Assert.Equal((null, Ratio.MixedCurrencies), velocity.PerDay(byMedian: false));
    }

    [Fact]
    public void V4_a_weighted_pipeline_is_the_sum_of_amounts_by_their_probabilities()
    {
        var tally = new PipelineTally();
        foreach (var (amount, probability) in ((decimal, decimal)[])
            [(100_000, 0.10m), (90_000, 0.25m), (80_000, 0.50m), (50_000, 0.75m), (25_000, 1m)])
        {
            tally.Add(
                new(Pipeline.DefaultId, Proposal, null, null, 1, Usd(amount)),
                new StageFact(Proposal, "Proposal", probability, ForecastCategory.Pipeline));
        }

        Assert.Equal([Usd(135_000)], tally.Weighted.Rounded);
    }

    [Fact]
    public void V12_and_K7_the_mean_cycle()
    {
        var cycles = new CycleTally();
        foreach (var days in (int[])[45, 54, 39])
        {
            cycles.Add(Closed(DealStatus.Won, days), null);
        }

        Assert.Equal(46, cycles.Days.Mean);
        var even = new DayStatistics();
        even.Add(36, 35);
        Assert.Equal((1260, 36), (even.Sum, even.Mean));
    }

    [Fact]
    public void The_median_deal_is_the_one_in_the_middle_or_between_two()
    {
        var bookings = new BookingsTally();
        foreach (var amount in (decimal[])[10, 1, 100, 5])
        {
            bookings.Add(Closed(DealStatus.Won, 1), Usd(amount));
        }

        Assert.Equal((Usd(29), Usd(7.50m)), (bookings.Average, bookings.Median));
        bookings.Add(Closed(DealStatus.Won, 1), Usd(11));
        Assert.Equal(Usd(10), bookings.Median);
        Assert.Null(new BookingsTally().Median);
    }

    [Fact]
    public void Coverage_is_open_by_what_is_left_and_what_is_missing_follows_from_the_win_rate()
    {
        var coverage = new Coverage(100, 40, 120, Ratio.Of(25, 100));
        Assert.Equal((60, false, 2, 4), (coverage.Remaining, coverage.IsMet, coverage.Ratio.Value, coverage.Required.Value));
        Assert.Equal(120, coverage.ToCreate);

        Assert.Equal((true, "met", 0), (Of(100).IsMet, Of(100).Ratio.Reason, Of(100).ToCreate));
        Assert.Equal(0, new Coverage(100, 40, 500, Ratio.Of(1, 4)).ToCreate);
        var withoutQuota = new Coverage(0, 0, 5, Ratio.Of(1, 4));
        Assert.Equal((Coverage.NoQuota, null), (withoutQuota.Ratio.Reason, withoutQuota.ToCreate));
        var neverWon = new Coverage(9, 0, 5, Ratio.Of(0, 4));
        Assert.Equal((Coverage.NoWinRate, null), (neverWon.Required.Reason, neverWon.ToCreate));

        static Coverage Of(decimal won) => new(100, won, 10, Ratio.Of(1, 2));
    }

    [Fact]
    public void Stages_tell_how_long_deals_stay_which_they_skip_and_where_they_go_back()
    {
        var stages = new StageStatistics(OrderOf("a", "b", "c"), Start.AddDays(99), BusinessCalendar.Utc);
        for (var deal = 0; deal < 5; deal++)
        {
            stages.Add(Path("a1 b5 c9 won20"));
            stages.Add(Path("a90 b100 c101 won112"));
        }

        stages.Add(Path("a90 c100 a110 won120"));
        var (a, b) = (stages.Stages[0], stages.Stages[1]);
        Assert.Equal((6, 10, 20), (a.Days.Count, a.Days.Min, a.Days.Max));
        Assert.Equal((5, 4m, 2.5m, true), (a.History.Count, a.History.Median, a.Pace.Value, a.IsSlow));
        Assert.Equal((1, 0), (b.Skipped, b.Regressed));
        Assert.Equal(1, stages.Stages[2].Regressed);
        Assert.False(b.IsSlow);
        Assert.Equal(6, stages.Deals);
    }

    [Fact]
    public void A_working_day_is_a_weekday_on_which_the_rep_is_there()
    {
        var ada = new RepFact("Ada", null, "Red", null, null, [], [], null, [], RepPresence.Active, null);
        var organisation = new Organisation(
        [
            (Ada, new(At(1), At(7), At(1), DateTimeOffset.MaxValue, ada)),
            (Ada, new(At(7), At(9), At(1), DateTimeOffset.MaxValue, ada with { Presence = RepPresence.OnLeave })),
            (Ada, new(At(9), DateTimeOffset.MaxValue, At(1), DateTimeOffset.MaxValue, ada)),
        ]);
        // From Monday the 5th to Sunday the 11th of January 2026, two days of it away.
        var tally = new ActivityTally(ActivityGrouping.Team, organisation, BusinessCalendar.Utc, Date(5), Date(12), At(31));
        tally.Add(Ada, ActivityKind.Call, Date(5));
        tally.Add(Ada, ActivityKind.Call, Date(6));
        tally.Add(Ada, ActivityKind.Meeting, Date(9));
        tally.Add(Ben, ActivityKind.Email, Date(9));
        Assert.Equal(
            [("(none)", new ActivityFigures(0, 1, 0, 5)), ("Red", new ActivityFigures(2, 0, 1, 3))],
            tally.Items);
        Assert.Equal(1m, tally.Items.Last().Figures.PerDay(3));

        static DateTimeOffset At(int day) => BusinessCalendar.Utc.StartOf(Date(day));
    }

    private static ClosedDeal Closed(DealStatus status, int days) =>
        new(status, Start, Start.AddDays(days), null, null, null, null, []);
}
