using SalesOps.Domain.Costs;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Quotas;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Costs;

public sealed class CostTests
{
    private static readonly RecordCost Fair = new(CostKind.Marketing, "2026-Q1", Usd(100), null);

    [Fact]
    public void A_cost_is_recorded_once()
    {
        var recorded = Spec.For(Cost.Decider)
            .When(Day(1), state => RecordCost.Decide(state, Fair))
            .Then(new CostEvent.Recorded(CostKind.Marketing, "2026-Q1", Usd(100)));
        recorded.When(Day(2), state => RecordCost.Decide(state, Fair with { Amount = Usd(200) })).Refused("cost-exists");
        Spec.For(Cost.Decider).When(Day(1), state => RecordCost.Decide(state, Fair with { Period = "2026-Q5" }))
            .Refused("period-unknown", "/period");
    }

    [Fact]
    public void A_customer_of_500_a_month_is_worth_15000_and_pays_back_in_16_months()
    {
        var known = new UnitEconomics(Known(500), Known(0.75m), Known(0.025m), Known(6000));
        Assert.Equal((15_000m, 2.5m, 16m), (known.Ltv.Value, known.LtvToCac.Value, known.Payback.Value));
    }

    [Fact]
    public void An_input_that_nobody_knows_says_why_there_is_nothing()
    {
        var known = new UnitEconomics(Known(500), Ratio.Absent("no-delivery-cost"), Known(0), Known(6000));
        Assert.All(
            [known.Ltv, known.Payback, known.LtvToCac],
            ratio => Assert.Equal((null, "no-delivery-cost"), (ratio.Value, ratio.Reason)));
        Assert.Equal(Ratio.NoDenominator, (known with { GrossMargin = Known(1) }).Ltv.Reason);
    }

    [Fact]
    public void A_ramp_is_the_first_of_several_good_periods_in_a_row()
    {
        PeriodAttainment[] attained =
        [
            Attained(1, 1.2m), Attained(2, 0.3m), Attained(3, null), Attained(4, 0.8m), Attained(5, 0.9m), Attained(6, 0.1m),
        ];
        var hired = new DateOnly(2026, 1, 15);
        Assert.Equal(new Ramp("2026-04", 3, 106, null), Ramp.Of(hired, attained, 2, 0.8m));
        Assert.Equal(new Ramp("2026-01", 0, 17, null), Ramp.Of(hired, attained, 1, 1));
        Assert.Equal("not-ramped-yet", Ramp.Of(hired, attained, 3, 0.8m).Reason);
        Assert.Equal("no-quota", Ramp.Of(hired, [Attained(1, null)], 1, 1).Reason);
        Assert.Equal("no-hire-date", Ramp.Of(null, attained, 1, 1).Reason);
    }

    private static Ratio Known(decimal value) => new(value, null);

    private static PeriodAttainment Attained(int month, decimal? attainment)
    {
        var days = Period.MonthOf(new(2026, month, 1));
        return new(days.MonthKey, days, attainment);
    }
}
