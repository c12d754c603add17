using SalesOps.Domain.Compensation;
using Xunit;
using static SalesOps.Domain.Tests.Compensation.Compensated;

namespace SalesOps.Domain.Tests.Compensation;

/// <summary>A change of version within a plan period, by each policy (RULES R20). June has 30 days; the change is on the 16th.</summary>
public sealed class PlanChangeTests
{
    private static readonly Component Before = Bookings(Rates(RateKind.Marginal, RateUnit.Attainment, T(0, 0.1m), T(1, 0.2m)));

    private static readonly Component After = Bookings(Rates(RateKind.Marginal, RateUnit.Attainment, T(0, 0.05m), T(1, 0.3m)));

    private static readonly Credit[] Credits =
        [Credit("a", "2026-06-10", 8_000), Credit("b", "2026-06-16", 4_000), Credit("c", "2026-06-20", 5_000)];

    [Fact]
    public void By_deal_date_one_accumulator_meets_the_version_of_each_day()
    {
        // Quota 10,000 either way: a at 10 %; b 2,000 at 5 % and 2,000 at 30 %; c at 30 %.
        Assert.Equal([800, 100 + 600, 1_500], Changed(PlanChange.DealDate, 10_000));
    }

    [Fact]
    public void By_deal_date_the_quota_of_each_version_counts()
    {
        // From the 16th the bound is at 20,000: all of b and c at 5 %.
        Assert.Equal([800, 200, 250], Changed(PlanChange.DealDate, 20_000));
    }

    [Fact]
    public void A_split_period_has_prorated_quotas_and_accumulators()
    {
        // Half of 10,000: a 5,000 at 10 % and 3,000 at 20 %; then b 4,000 at 5 %, c 1,000 at 5 % and 4,000 at 30 %.
        Assert.Equal([500 + 600, 200, 50 + 1_200], Changed(PlanChange.SplitPeriod, 10_000));
    }

    [Fact]
    public void A_split_period_prorates_by_days()
    {
        // 10 of 30 days, so a third of 12,000; then two thirds of 12,000.
        var result = Pay(Input(Term(Monthly(Before), 12_000), "2026-06", Credit("a", "2026-06-05", 5_000), Credit("b", "2026-06-25", 9_000))
            with
        {
            Terms =
            [
                Term(Monthly(Before), 12_000), Term(Monthly(After), 12_000, from: "2026-06-11", number: 2),
            ],
        });
        Assert.Equal([400 + 200, 400 + 300], result.Lines());
    }

    [Fact]
    public void Attainment_is_carried_into_the_new_table()
    {
        // 80 % of 10,000 is 16,000 of 20,000: b reaches 20,000 at 5 %, c is at 30 %.
        Assert.Equal([800, 200, 1_500], Changed(PlanChange.Carry, 20_000));
    }

    [Fact]
    public void Blended_rates_weigh_both_tables_by_days()
    {
        // Each table over the whole month, half each: a (800 + 400) / 2; b (200 + 400 and 100 + 600) / 2; c (1,000 + 1,500) / 2.
        Assert.Equal([600, 650, 1_250], Changed(PlanChange.Blended, 10_000));
    }

    [Fact]
    public void The_target_variable_is_prorated_with_the_quota()
    {
        var curve = Bookings(null) with { PayCurve = [new(0, 0), new(1, 1)] };
        var terms = new[]
        {
            Term(Monthly(curve), 10_000, 1_000), Term(Monthly(curve), 10_000, 2_000, from: "2026-06-16", number: 2),
        };
        var result = Pay(Input(
            terms[0], "2026-06", Credit("a", "2026-06-10", 5_000), Credit("b", "2026-06-20", 5_000)) with
        { Terms = terms });
        Assert.Equal([500, 1_000], result.Lines());
    }

    [Fact]
    public void A_retroactive_table_trues_up_earlier_deals_of_the_old_version()
    {
        var plan = Quarterly(Bookings(Rates(RateKind.Retroactive, RateUnit.Amount, T(0, 0.05m), T(10_000, 0.1m)))) with
        {
            OnChange = PlanChange.DealDate,
        };
        var terms = new[] { Term(plan), Term(plan, from: "2026-02-01", number: 2) };
        var result = Pay(Input(
            terms[0], "2026-01 2026-02", Credit("a", "2026-01-10", 8_000), Credit("b", "2026-02-10", 4_000)) with
        { Terms = terms });
        Assert.Equal([400, 400 + 400], result.Paid());
        Assert.Equal("plan@2", result.Periods[1].Lines[1].Version.Name);
    }

    [Fact]
    public void Without_a_plan_nothing_is_earned()
    {
        var terms = new[] { Term(Monthly(Bookings(Flat(0.1m))), from: "2026-06-05") with { To = Day("2026-06-20") } };
        var result = Pay(Input(
            terms[0], "2026-06", Credit("a", "2026-06-04", 100), Credit("b", "2026-06-05", 200), Credit("c", "2026-06-20", 400)));
        Assert.Equal([20], result.Lines());
    }

    private static decimal[] Changed(PlanChange policy, decimal quota) => Pay(Input(Term(Monthly(Before), 10_000), "2026-06", Credits) with
    {
        Terms =
        [
            Term(Monthly(Before), 10_000),
            Term(Monthly(After) with { OnChange = policy }, quota, from: "2026-06-16", number: 2),
        ],
    }).Lines();
}
