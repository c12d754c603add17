using SalesOps.Domain.Compensation;
using Xunit;
using static SalesOps.Domain.Tests.Compensation.Compensated;

namespace SalesOps.Domain.Tests.Compensation;

/// <summary>Draws, holdback, payment on cash and clawbacks (RULES R16 to R18).</summary>
public sealed class SettlementTests
{
    private static readonly Plan Flat10 = Monthly(Bookings(Flat(0.1m)));

    private static readonly Plan ByCash = Flat10 with { PayOn = PayOn.Cash };

    [Fact]
    public void A_recoverable_guarantee_is_recovered_only_from_pay_above_the_draw()
    {
        var result = Drawn(new Draw(DrawKind.Guarantee, true, 2_000), 2_750, 3_000, 1_500, 2_375, 3_000, 2_750);
        Assert.Equal([2_750, 3_000, 2_000, 2_000, 2_875, 2_750], result.Paid());
        Assert.Equal([0, 0, 500, 125, 0, 0], result.Each(period => period.DrawBalance));
    }

    [Theory]
    [InlineData(DrawKind.Guarantee, true, 5_000, 3_200, 5_000, 1_800)]
    [InlineData(DrawKind.Guarantee, false, 5_000, 3_200, 5_000, 0)]
    [InlineData(DrawKind.Guarantee, true, 100, 200, 200, 0)]
    [InlineData(DrawKind.Guarantee, true, 100, 50, 100, 50)]
    [InlineData(DrawKind.Additional, true, 100, 50, 150, 100)]
    [InlineData(DrawKind.Additional, false, 100, 50, 150, 0)]
    public void A_draw_tops_up_or_comes_on_top(
        DrawKind kind, bool recoverable, decimal amount, decimal earned, decimal paid, decimal owed)
    {
        var period = Drawn(new Draw(kind, recoverable, amount), earned).Periods[0];
        Assert.Equal((paid, owed), (period.Paid, period.DrawBalance));
    }

    [Fact]
    public void An_additional_draw_is_recovered_from_the_opening_balance()
    {
        var result = Drawn(new Draw(DrawKind.Additional, true, 100), 50, 350, 180);
        Assert.Equal([150, 350, 200], result.Paid());
        Assert.Equal([0, 100, 80], result.Each(period => period.DrawRecovered));
        Assert.Equal([100, 100, 120], result.Each(period => period.DrawBalance));
    }

    [Fact]
    public void A_balance_can_be_forgiven()
    {
        var result = Drawn(new Draw(DrawKind.Guarantee, true, 100, Day("2026-02-28")), 40, 50, 500);
        Assert.Equal([0, 110, 0], result.Each(period => period.DrawForgiven));
        Assert.Equal([100, 100, 500], result.Paid());
        Assert.Equal([60, 0, 0], result.Each(period => period.DrawBalance));
    }

    [Fact]
    public void Periods_without_credits_draw_too()
    {
        var plan = Flat10 with { Draw = new Draw(DrawKind.Guarantee, true, 100) };
        Assert.Equal([100, 100, 100], Pay(Term(plan), "2026-01..2026-03", Credit("a", "2026-02-10", 900)).Paid());
    }

    [Fact]
    public void Holdback_is_released_after_days_or_on_a_date()
    {
        var credit = Credit("a", "2026-01-15", 10_000.05m);
        var days = Pay(Term(Flat10 with { Holdback = new Holdback(10, AfterDays: 45) }), "2026-01..2026-03", credit);
        Assert.Equal([900.01m, 0, 100], days.Paid());
        Assert.Equal([100, 0, 0], days.Each(period => period.Held));
        Assert.Equal([0, 0, 100], days.Each(period => period.Released));
        var date = Pay(Term(Flat10 with { Holdback = new Holdback(10, On: Day("2026-02-28")) }), "2026-01..2026-03", credit);
        Assert.Equal([900.01m, 100, 0], date.Paid());
    }

    [Fact]
    public void Pay_follows_the_customers_cash()
    {
        var credit = Credit("a", "2026-01-15", 1_000_000) with { Collected = [Cash("2026-02-01", 500_000), Cash("2026-03-01", 500_000)] };
        var result = Pay(Term(ByCash), "2026-01..2026-03", credit);
        Assert.Equal([0, 50_000, 50_000], result.Paid());
        Assert.Equal([100_000, 0, 0], result.Each(period => period.Earned));
    }

    [Fact]
    public void The_order_total_is_what_cash_is_measured_against()
    {
        var plan = Monthly(Bookings(Flat(0.2m))) with { PayOn = PayOn.Cash };
        var credit = Credit("a", "2026-01-15", 20_000) with { Collected = [Cash("2026-01-20", 10_000), Cash("2026-02-20", 10_000)] };
        Assert.Equal([2_000, 2_000], Pay(Term(plan), "2026-01..2026-02", credit).Paid());
        var taxed = credit with { Invoiced = Usd(25_000) };
        Assert.Equal([1_600, 1_600], Pay(Term(plan), "2026-01..2026-02", taxed).Paid());
    }

    [Fact]
    public void Cash_in_odd_parts_pays_the_whole_in_the_end()
    {
        var credit = Credit("a", "2026-01-15", 100) with
        {
            Collected = [Cash("2026-01-20", 33.33m), Cash("2026-02-20", 33.33m), Cash("2026-03-20", 33.34m)],
        };
        Assert.Equal([3.33m, 3.34m, 3.33m], Pay(Term(ByCash), "2026-01..2026-03", credit).Paid());
    }

    [Fact]
    public void A_credit_note_lowers_pay_and_total_alike()
    {
        var plan = Monthly(Bookings(Flat(0.04m)));
        Credit[] noted = [Credit("a", "2026-01-15", 1_000), Credit("n", "2026-01-20", -200) with { DealId = "a" }];
        Assert.Equal(32, Pay(Term(plan), "2026-01", noted).Total);

        var byCash = plan with { PayOn = PayOn.Cash };
        Credit[] paidNet = [noted[0] with { Collected = [Cash("2026-01-25", 800)] }, noted[1]];
        Assert.Equal(32, Pay(Term(byCash), "2026-01", paidNet).Total);
        Credit[] half = [noted[0] with { Collected = [Cash("2026-01-25", 400)] }, noted[1]];
        Assert.Equal(16, Pay(Term(byCash), "2026-01", half).Total);
        Credit[] refunded = [noted[0] with { Collected = [Cash("2026-01-18", 1_000), Cash("2026-02-01", -200)] }, noted[1]];
        Assert.Equal([32, 0], Pay(Term(byCash), "2026-01..2026-02", refunded).Paid());
    }

    [Fact]
    public void A_deal_cancelled_before_release_walks_down_to_the_exact_previous_total()
    {
        var table = Rates(RateKind.Retroactive, RateUnit.Amount, T(0, 0.03m), T(100_000, 0.05m));
        Credit[] credits =
            [Credit("a", "2026-01-05", 60_000), Credit("b", "2026-01-06", 60_000) with { CancelledOn = Day("2026-01-20") }];
        var result = Pay(Term(Monthly(Bookings(table))), "2026-01", credits);
        Assert.Equal([1_800, 3_000, 1_200, -3_000, -1_200], result.Lines());
        Assert.Equal((1_800, 60_000), (result.Total, result.Periods[0].Credited));
    }

    [Fact]
    public void A_whole_deal_is_reversed_at_its_own_rate()
    {
        var table = Rates(RateKind.WholeDeal, RateUnit.Amount, T(0, 0.05m), T(50_000, 0.08m));
        Credit[] credits =
            [Credit("a", "2026-01-05", 45_000) with { CancelledOn = Day("2026-01-20") }, Credit("b", "2026-01-06", 15_000)];
        Assert.Equal([2_250, 1_200, -2_250], Pay(Term(Monthly(Bookings(table))), "2026-01", credits).Lines());
    }

    [Fact]
    public void Uncollected_pay_of_a_cancelled_deal_is_walked_down_in_its_own_period()
    {
        var table = Rates(RateKind.Marginal, RateUnit.Amount, T(0, 0.1m), T(10_000, 0.2m));
        var plan = Monthly(Bookings(table)) with { PayOn = PayOn.Cash };
        Credit[] credits =
        [
            Credit("a", "2026-01-05", 10_000) with { Collected = [Cash("2026-01-31", 10_000)] },
            Credit("b", "2026-01-06", 5_000) with { CancelledOn = Day("2026-03-20") },
        ];
        var result = Pay(Term(plan), "2026-01..2026-03", credits);
        Assert.Equal([2_000, 0, -1_000], result.Each(period => period.Earned));
        Assert.Equal([1_000, 0, 0], result.Paid());
        Assert.Equal([0, 0, 0], result.Each(period => period.ClawbackBalance));
    }

    [Fact]
    public void Only_what_was_paid_is_clawed_back()
    {
        var plan = ByCash with { Clawback = new Clawback(ClawbackMethod.Full) };
        var credit = Credit("a", "2026-01-15", 10_000) with
        {
            Collected = [Cash("2026-01-20", 5_000)],
            CancelledOn = Day("2026-03-10"),
        };
        var later = Credit("b", "2026-04-01", 2_000) with { Collected = [Cash("2026-04-02", 2_000)] };
        var result = Pay(Term(plan), "2026-01..2026-04", credit, later);
        Assert.Equal([500, 0, 0, 0], result.Paid());
        Assert.Equal([0, 0, 500, 0], result.Each(period => period.Clawback));
        Assert.Equal([0, 0, 500, 300], result.Each(period => period.ClawbackBalance));
        Assert.Equal([1_000, 0, -500, 200], result.Each(period => period.Earned));
    }

    [Fact]
    public void A_clawback_is_netted_up_to_a_share_and_the_rest_stays_owed()
    {
        var plan = Flat10 with { Clawback = new Clawback(ClawbackMethod.Full, MaxRecoveryShare: 0.5m) };
        var result = Pay(
            Term(plan), "2026-01..2026-03", Credit("a", "2026-01-15", 10_000) with { CancelledOn = Day("2026-02-10") },
            Credit("b", "2026-02-01", 8_000), Credit("c", "2026-03-01", 20_000));
        Assert.Equal([1_000, 400, 1_400], result.Paid());
        Assert.Equal([0, 600, 0], result.Each(period => period.ClawbackBalance));
        Assert.Equal([10_000, 8_000, 20_000], result.Each(period => period.Credited));
    }

    [Fact]
    public void Without_a_clause_what_was_paid_stays_paid()
    {
        var credit = Credit("a", "2026-01-15", 10_000) with { CancelledOn = Day("2026-02-10") };
        Assert.Equal([1_000, 0], Pay(Term(Flat10), "2026-01..2026-02", credit).Paid());
        var window = Flat10 with { Clawback = new Clawback(ClawbackMethod.Full, WindowDays: 26) };
        Assert.Equal([0, 1_000], Pay(Term(window), "2026-01..2026-02", credit).Each(period => period.Clawback));
        window = Flat10 with { Clawback = new Clawback(ClawbackMethod.Full, WindowDays: 25) };
        Assert.Equal([0, 0], Pay(Term(window), "2026-01..2026-02", credit).Each(period => period.Clawback));
    }

    [Theory]
    [InlineData("2026-05-15", 800)]
    [InlineData("2026-05-20", 800)]
    [InlineData("2026-02-14", 1_200)]
    [InlineData("2027-01-15", 0)]
    public void A_pro_rata_clawback_counts_whole_months(string cancelledOn, decimal clawed)
    {
        var plan = Flat10 with { Clawback = new Clawback(ClawbackMethod.ProRata, TermMonths: 12) };
        var credit = Credit("a", "2026-01-15", 12_000) with { CancelledOn = Day(cancelledOn) };
        Assert.Equal(clawed, Pay(Term(plan), "2026-01..2027-01", credit).Each(period => period.Clawback).Sum());
    }

    [Fact]
    public void A_part_of_a_term_that_is_half_a_cent_is_rounded_as_that()
    {
        // 11 twelfths of 22.26 are 20.405 exactly, which eleven twelfths as a decimal number are not.
        var plan = Flat10 with { Clawback = new Clawback(ClawbackMethod.ProRata, TermMonths: 12) };
        var credit = Credit("a", "2026-01-15", 222.60m) with { CancelledOn = Day("2026-02-20") };
        Assert.Equal(20.41m, Pay(Term(plan), "2026-01..2026-02", credit).Periods[^1].Clawback);
    }

    [Fact]
    public void A_pro_rata_clawback_counts_days_where_the_term_is_given_by_dates()
    {
        var plan = Flat10 with { Clawback = new Clawback(ClawbackMethod.ProRata) };
        var credit = Credit("a", "2026-01-15", 3_650) with
        {
            TermStart = Day("2026-01-01"),
            TermEnd = Day("2026-12-31"),
            CancelledOn = Day("2026-07-01"),
        };
        Assert.Equal(184, Pay(Term(plan), "2026-01..2026-07", credit).Periods[^1].Clawback);
    }

    [Theory]
    [InlineData("2026-02-10", 1_000)]
    [InlineData("2026-02-14", 500)]
    [InlineData("2026-06-01", 0)]
    public void A_sliding_table_goes_by_days(string cancelledOn, decimal clawed)
    {
        var plan = Flat10 with { Clawback = new Clawback(ClawbackMethod.Table, Table: [new(0, 100), new(30, 50), new(90, 0)]) };
        var credit = Credit("a", "2026-01-15", 10_000) with { CancelledOn = Day(cancelledOn) };
        Assert.Equal(clawed, Pay(Term(plan), "2026-01..2026-06", credit).Each(period => period.Clawback).Sum());
    }

    [Fact]
    public void A_clawback_may_be_reckoned_at_present_rates_but_never_above_what_was_paid()
    {
        var table = Rates(RateKind.Marginal, RateUnit.Amount, T(0, 0.05m), T(10_000, 0.1m));
        var plan = Monthly(Bookings(table)) with
        {
            Clawback = new Clawback(ClawbackMethod.Full, ClawbackRatePolicy.Current),
        };
        var cancelled = Credit("a", "2026-01-15", 12_000) with { CancelledOn = Day("2026-02-20") };
        var result = Pay(Term(plan), "2026-01..2026-02", cancelled, Credit("b", "2026-02-10", 12_000));
        Assert.Equal((700, 700), (result.Periods[0].Paid, result.Periods[1].Clawback));
        result = Pay(Term(plan), "2026-01..2026-02", cancelled, Credit("b", "2026-02-10", 5_000));
        Assert.Equal(600, result.Periods[1].Clawback);
        result = Pay(Term(plan), "2026-01..2026-02", cancelled, Credit("b", "2026-02-10", 50_000));
        Assert.Equal(700, result.Periods[1].Clawback);
    }

    [Fact]
    public void A_clawback_may_restate_the_origin_period()
    {
        var table = Rates(RateKind.Retroactive, RateUnit.Amount, T(0, 0.03m), T(100_000, 0.05m));
        var plan = Monthly(Bookings(table)) with
        {
            Clawback = new Clawback(ClawbackMethod.Full, ClawbackRatePolicy.Restate),
        };
        Credit[] credits =
            [Credit("a", "2026-01-05", 60_000) with { CancelledOn = Day("2026-02-20") }, Credit("b", "2026-01-06", 60_000)];
        Assert.Equal(4_200, Pay(Term(plan), "2026-01..2026-02", credits).Periods[1].Clawback);
        credits[1] = credits[1] with { CancelledOn = Day("2026-02-21") };
        Assert.Equal(6_000, Pay(Term(plan), "2026-01..2026-02", credits).Periods[1].Clawback);
    }

    [Fact]
    public void A_clawback_may_lower_attainment_of_the_period_of_the_cancellation()
    {
        var table = Rates(RateKind.Marginal, RateUnit.Amount, T(0, 0.05m), T(10_000, 0.1m));
        var plan = Monthly(Bookings(table)) with { Clawback = new Clawback(ClawbackMethod.Full) };
        var lowered = plan with { Clawback = new Clawback(ClawbackMethod.Full, AttainmentEffect: true) };
        Credit[] credits =
        [
            Credit("a", "2026-01-05", 4_000) with { CancelledOn = Day("2026-02-10") }, Credit("b", "2026-02-05", 10_000),
            Credit("c", "2026-02-20", 5_000),
        ];
        Assert.Equal(1_000, Pay(Term(plan), "2026-01..2026-02", credits).Periods[1].Earned);
        Assert.Equal(500 + 200 + 100, Pay(Term(lowered), "2026-01..2026-02", credits).Periods[1].Earned);
    }

    [Fact]
    public void Holdback_of_a_clawed_back_deal_is_forfeited_and_not_clawed()
    {
        var plan = Flat10 with
        {
            Holdback = new Holdback(10, AfterDays: 90),
            Clawback = new Clawback(ClawbackMethod.Full),
        };
        var result = Pay(
            Term(plan), "2026-01..2026-05", Credit("a", "2026-01-15", 10_000) with { CancelledOn = Day("2026-02-10") });
        Assert.Equal([0, 900, 0, 0, 0], result.Each(period => period.Clawback));
        Assert.Equal([900, 0, 0, 0, 0], result.Paid());
        Assert.Equal([1_000, -100, 0, 0, 0], result.Each(period => period.Earned));
        Assert.Contains(result.Periods[1].Movements, movement => movement is { Kind: MovementKind.HoldbackForfeited, Amount: 100 });
    }

    [Fact]
    public void A_negative_period_is_carried_and_never_paid()
    {
        var result = Pay(
            Term(Flat10), "2026-01..2026-02", Credit("n", "2026-01-05", -3_000), Credit("a", "2026-02-05", 5_000));
        Assert.Equal([0, 200], result.Paid());
        Assert.Equal([300, 0], result.Each(period => period.ClawbackBalance));
    }

    private static CompensationResult Drawn(Draw draw, params decimal[] earned)
    {
        var credits = earned.Select((amount, index) => Credit($"c{index}", $"2026-0{index + 1}-15", amount * 10)).ToArray();
        return Pay(Term(Flat10 with { Draw = draw }), $"2026-01..2026-0{earned.Length}", credits);
    }
}
