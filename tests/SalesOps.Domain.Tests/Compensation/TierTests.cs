using SalesOps.Domain.Compensation;
using Xunit;
using static SalesOps.Domain.Tests.Compensation.Compensated;

namespace SalesOps.Domain.Tests.Compensation;

/// <summary>Tiers, curves, multipliers and gates (RULES R11, R12).</summary>
public sealed class TierTests
{
    private const string Month = "2026-01";

    [Fact]
    public void Marginal_tiers_pay_each_part_at_its_own_rate()
    {
        var table = Rates(RateKind.Marginal, RateUnit.Amount, T(0, 0.03m), T(300_000, 0.05m), T(500_000, 0.07m));
        Assert.Equal(26_000, Total(Monthly(Bookings(table)), 600_000));

        var half = Rates(RateKind.Marginal, RateUnit.Amount, T(0, 0.5m), T(100_000, 0.6m));
        Assert.Equal(98_000, Total(Monthly(Bookings(half)), 180_000));
        Assert.Equal(108_000, Total(Monthly(Bookings(half with { Kind = RateKind.Retroactive })), 180_000));
    }

    [Fact]
    public void Tiers_of_attainment_are_bounds_in_quota()
    {
        var table = Rates(RateKind.Marginal, RateUnit.Attainment, T(0, 0), T(0.5m, 0.08m), T(1, 0.12m), T(1.25m, 0.15m));
        Assert.Equal(19_375, Total(Monthly(Bookings(table)), 325_000, 250_000));
    }

    [Fact]
    public void By_portion_and_by_transaction_differ_where_a_deal_crosses_a_bound()
    {
        var table = Rates(RateKind.Marginal, RateUnit.Amount, T(0, 0.05m), T(50_000, 0.08m));
        Credit[] credits = [Credit("a", "2026-01-05", 45_000), Credit("b", "2026-01-06", 15_000)];
        Assert.Equal(3_300, Pay(Term(Monthly(Bookings(table))), Month, credits).Total);
        Assert.Equal(3_450, Pay(Term(Monthly(Bookings(table with { Kind = RateKind.WholeDeal }))), Month, credits).Total);
    }

    [Fact]
    public void Step_and_straight_by_attainment()
    {
        var table = Rates(RateKind.Marginal, RateUnit.Attainment, T(0, 0.03m), T(1, 0.05m));
        Assert.Equal(3_200, Total(Monthly(Bookings(table)), 104_000, 100_000));
        Assert.Equal(5_200, Total(Monthly(Bookings(table with { Kind = RateKind.Retroactive })), 104_000, 100_000));
    }

    [Fact]
    public void A_retroactive_crossing_is_split_into_the_deals_own_pay_and_true_ups_of_earlier_ones()
    {
        var table = Rates(RateKind.Retroactive, RateUnit.Amount, T(0, 0.03m), T(100, 0.05m));
        var result = Pay(
            Term(Monthly(Bookings(table))), Month,
            Credit("a", "2026-01-05", 40), Credit("b", "2026-01-06", 50), Credit("c", "2026-01-07", 30));
        var lines = result.Periods[0].Lines;
        Assert.Equal(
            [("a", null, 1.20m), ("b", null, 1.50m), ("c", null, 1.50m), ("c", "a", 0.80m), ("c", "b", 1.00m)],
            lines.Select(line => (line.CreditId!, line.TrueUpOf, line.Amount)));
        Assert.Equal(LinePart.TrueUp, lines[3].Part);
        Assert.Equal((0.05m, 0.03m), (lines[3].Inputs.Rate, lines[3].Inputs.PreviousRate));
        Assert.Equal(6, result.Total);
    }

    [Theory]
    [InlineData(TierBoundary.Higher, 5_000)]
    [InlineData(TierBoundary.Lower, 3_000)]
    public void Exactly_at_a_bound_the_tier_applies_that_the_plan_says(TierBoundary boundary, decimal pay)
    {
        var table = Rates(RateKind.Retroactive, RateUnit.Amount, T(0, 0.03m), T(100_000, 0.05m)) with { Boundary = boundary };
        Assert.Equal(pay, Total(Monthly(Bookings(table)), 100_000));
        Assert.Equal(pay, Total(Monthly(Bookings(table with { Kind = RateKind.WholeDeal })), 100_000));
        Assert.Equal(3_000, Total(Monthly(Bookings(table with { Kind = RateKind.Marginal })), 100_000));
    }

    [Theory]
    [InlineData(49_999, 2_499.95)]
    [InlineData(50_000, 4_000)]
    [InlineData(100_000, 8_000)]
    [InlineData(130_000, 11_600)]
    public void Retroactive_to_a_gate_pays_one_rate_on_all_and_another_above_quota(decimal sold, decimal pay)
    {
        var table = new RateTable(
            RateKind.RetroToGate, RateUnit.Attainment, RetroToGate: new GateRates(0.5m, 0.05m, 0.08m, 0.12m));
        Assert.Equal(pay, Total(Monthly(Bookings(table)), sold, 100_000));
    }

    [Fact]
    public void Retroactive_to_a_gate_trues_up_at_the_gate_and_not_above_quota()
    {
        var table = new RateTable(
            RateKind.RetroToGate, RateUnit.Amount, RetroToGate: new GateRates(50_000, 0.05m, 0.08m, 0.12m));
        var result = Pay(
            Term(Monthly(Bookings(table)), 100_000), Month, Credit("a", "2026-01-01", 40_000),
            Credit("b", "2026-01-02", 40_000), Credit("c", "2026-01-03", 40_000));
        Assert.Equal([2_000, 3_200, 1_200, 1_600 + 2_400], result.Lines());
        Assert.Equal(10_400, result.Total);
    }

    [Fact]
    public void Tiers_by_count_look_at_the_number_of_deals()
    {
        var table = Rates(RateKind.Marginal, RateUnit.Count, T(0, 0.05m), T(2, 0.10m));
        Credit[] credits =
            [Credit("a", "2026-01-01", 1_000), Credit("b", "2026-01-02", 2_000), Credit("c", "2026-01-03", 3_000)];
        Assert.Equal([50, 100, 300], Pay(Term(Monthly(Bookings(table))), Month, credits).Lines());
        Assert.Equal(
            [50, 200, 50, 300], Pay(Term(Monthly(Bookings(table with { Kind = RateKind.Retroactive }))), Month, credits).Lines());
        Assert.Equal(
            [50, 200, 300], Pay(Term(Monthly(Bookings(table with { Kind = RateKind.WholeDeal }))), Month, credits).Lines());
    }

    [Fact]
    public void Units_are_paid_by_the_piece()
    {
        var plan = Monthly(new Component(
            "units", Measure.Units, Rates(RateKind.Marginal, RateUnit.Count, T(0, 2), T(100, 3))));
        var credit = new Credit("a", Day("2026-01-10"), null) { Units = 150 };
        Assert.Equal(350, Pay(Term(plan), Month, credit).Total);
    }

    [Fact]
    public void Margin_is_paid_in_the_plans_currency()
    {
        var plan = Monthly(new Component("margin", Measure.Margin, Flat(0.2m)));
        var credit = Credit("a", "2026-01-10", 1_000) with { Margin = Usd(400) };
        var period = Pay(Term(plan), Month, credit).Periods[0];
        Assert.Equal((80, 400), (period.Earned, period.Credited));
    }

    [Theory]
    [InlineData(650_000, 145_000)]
    [InlineData(500_000, 100_000)]
    [InlineData(700_000, 150_000)]
    public void A_multiplier_is_on_the_base_rate_of_target_variable_by_quota(decimal sold, decimal pay)
    {
        var table = Rates(RateKind.Marginal, RateUnit.Attainment, M(0, 1), M(1, 1.5m), M(1.3m, 0.5m));
        Assert.Equal(pay, Total(Monthly(Bookings(table)), sold, 500_000, 100_000));
    }

    [Fact]
    public void Accelerators_multiply_what_falls_into_their_band()
    {
        var component = Bookings(Flat(0.2m)) with { Multipliers = [new(0, 1), new(1, 1.5m)] };
        Assert.Equal(145_000, Total(Monthly(component), 650_000, 500_000));

        var slow = Bookings(Flat(0.1m)) with { Multipliers = [new(0, 0.5m), new(0.5m, 1)] };
        Assert.Equal(2_500 + 5_000, Total(Monthly(slow), 100_000, 100_000));
    }

    [Theory]
    [InlineData(69_999, 0)]
    [InlineData(85_000, 5_000)]
    [InlineData(120_000, 14_000)]
    [InlineData(200_000, 20_000)]
    public void A_pay_curve_is_linear_between_its_points_and_flat_above(decimal sold, decimal pay)
    {
        var component = Bookings(null) with { PayCurve = [new(0.7m, 0), new(1, 1), new(1.5m, 2)] };
        Assert.Equal(pay, Total(Monthly(component), sold, 100_000, 10_000));
    }

    [Fact]
    public void A_curve_may_begin_with_a_jump()
    {
        var component = Bookings(null) with { PayCurve = [new(0.5m, 0.4m), new(1, 1)] };
        Assert.Equal(0, Total(Monthly(component), 49_999.99m, 100_000, 10_000));
        Assert.Equal(4_000, Total(Monthly(component), 50_000, 100_000, 10_000));
        Assert.Equal(7_000, Total(Monthly(component), 75_000, 100_000, 10_000));
    }

    [Fact]
    public void A_gate_pays_nothing_unless_the_other_component_comes_far_enough()
    {
        var plan = Monthly(
            Bookings(Flat(0.1m)),
            new Component("margin", Measure.Margin, Flat(0.2m), Gate: new Gate("base", 0.8m)));
        var low = Credit("a", "2026-01-10", 79_000) with { Margin = Usd(10_000) };
        var more = Credit("b", "2026-01-20", 1_000) with { Margin = Usd(100) };
        Assert.Equal(7_900, Pay(Term(plan, 100_000), Month, low).Total);
        Assert.Equal(8_000 + 2_020, Pay(Term(plan, 100_000), Month, low, more).Total);
    }

    [Fact]
    public void Caps_leave_the_foregone_amount_as_a_memo()
    {
        var result = Pay(Term(Monthly(Bookings(Flat(0.03m), new Caps(Period: 10_000)))), Month, Credit("a", "2026-01-05", 400_000));
        Assert.Equal((10_000, 2_000), (result.Total, result.Periods[0].Foregone));

        var deal = Pay(
            Term(Monthly(Bookings(Flat(0.1m), new Caps(Deal: 1_000)))), Month,
            Credit("a", "2026-01-05", 15_000), Credit("b", "2026-01-06", 8_000));
        Assert.Equal([1_000, 800], deal.Lines());
        Assert.Equal(500, deal.Periods[0].Foregone);
    }

    [Fact]
    public void A_cap_per_year_holds_over_all_periods_of_the_year()
    {
        var plan = Monthly(Bookings(Flat(0.1m), new Caps(Period: 1_000, Year: 1_500)));
        var result = Pay(
            Term(plan), "2026-11..2027-01", Credit("a", "2026-11-05", 12_000), Credit("b", "2026-12-05", 9_000),
            Credit("c", "2027-01-05", 9_000));
        Assert.Equal([1_000, 500, 900], result.Paid());
        Assert.Equal([200, 400, 0], result.Each(period => period.Foregone));
    }

    [Fact]
    public void Above_a_cap_a_cancellation_first_uses_up_the_excess()
    {
        var plan = Monthly(Bookings(Flat(0.1m), new Caps(Period: 1_000)));
        var result = Pay(
            Term(plan), Month, Credit("a", "2026-01-05", 9_000),
            Credit("b", "2026-01-06", 3_000) with { CancelledOn = Day("2026-01-20") });
        Assert.Equal([900, 100, -100], result.Lines());

        var all = Pay(
            Term(plan), Month, Credit("a", "2026-01-05", 12_000) with { CancelledOn = Day("2026-01-20") },
            Credit("b", "2026-01-21", 5_000));
        Assert.Equal([1_000, -1_000, 500], all.Lines());
    }

    [Fact]
    public void Rounding_is_half_away_from_zero_once_per_line()
    {
        var result = Pay(
            Term(Monthly(Bookings(Flat(0.075m)))), Month, Credit("a", "2026-01-05", 1.80m), Credit("b", "2026-01-05", -1.80m),
            Credit("c", "2026-01-05", 0.20m));
        Assert.Equal([0.14m, -0.14m, 0.02m], result.Lines());
    }

    [Fact]
    public void A_cumulative_measure_adds_up_and_months_of_a_quarterly_plan_go_on_from_each_other()
    {
        var table = Rates(RateKind.Marginal, RateUnit.Amount, T(0, 0.1m), T(250, 0.2m));
        decimal[] amounts = [100, 50, 75, 25, 100, 50, 75];
        var credits = amounts.Select((amount, index) => Credit($"c{index}", $"2026-0{1 + (index / 3)}-1{index}", amount)).ToArray();
        var result = Pay(Term(Quarterly(Bookings(table))), "2026-01 2026-02 2026-03", credits);
        Assert.Equal(
            [100, 150, 225, 250, 350, 400, 475],
            result.Periods.SelectMany(period => period.Lines).Select(line => line.Inputs.After!.Value));
        Assert.Equal([22.5m, 2.5m + 20 + 10, 15], result.Paid());
        Assert.Equal(result.Total, Pay(Term(Quarterly(Bookings(table))), "2026-Q1", credits).Total);
    }

    private static decimal Total(Plan plan, decimal sold, decimal? quota = null, decimal? targetVariable = null) =>
        Pay(Term(plan, quota, targetVariable), Month, Credit("a", "2026-01-15", sold)).Total;
}
