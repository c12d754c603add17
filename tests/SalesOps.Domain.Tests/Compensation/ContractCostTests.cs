using SalesOps.Domain.Compensation;
using Xunit;
using static SalesOps.Domain.Tests.Compensation.Compensated;

namespace SalesOps.Domain.Tests.Compensation;

/// <summary>Capitalised costs, their schedules and roll-forwards (RULES R25).</summary>
public sealed class ContractCostTests
{
    [Fact]
    public void A_first_sale_is_amortised_with_its_renewal_where_that_is_not_commensurate()
    {
        var policy = new ContractCostPolicy(true, 48, RenewalCommensurate: false);
        Assert.Equal(48, ContractCost.MonthsOf(policy, 24, isRenewal: false));
        Assert.Equal(24, ContractCost.MonthsOf(policy, 24, isRenewal: true));
        Assert.Equal(24, ContractCost.MonthsOf(policy with { RenewalCommensurate = true }, 24, isRenewal: false));
        ContractCost[] costs = [Cost(30, "2026-01-01", 48), Cost(10, "2028-01-01", 24)];
        Assert.Equal(
            [7.5m, 7.5m, 12.5m, 12.5m, 0],
            Enumerable.Range(2026, 5).Select(year => CostRollForward.Of(
                costs, Period.Find($"{year}")!.Value, "USD").Amortisation.Amount));
    }

    [Fact]
    public void A_month_is_an_even_part() => Assert.All(
        Amortised(Cost(3_000, "2026-01-01", 60)), month => Assert.Equal(50, month));

    [Fact]
    public void A_schedule_sums_to_the_whole_to_the_cent()
    {
        var months = Amortised(Cost(1_000, "2026-01-01", 14));
        Assert.Equal((1_000, 12, 2), (months.Sum(), months.Count(month => month == 71.43m), months.Count(month => month == 71.42m)));
    }

    [Fact]
    public void Shares_go_to_the_largest_remainders()
    {
        Assert.Equal([0.04m, 0.01m], Usd(0.05m).Allocate([70, 30]).Select(share => share.Amount));
        Assert.Equal([0.02m, 0.03m], Usd(0.05m).Allocate([30, 70]).Select(share => share.Amount));
        Assert.Equal([2.67m, 2.67m, 2.66m], Usd(8).Allocate([1, 1, 1]).Select(share => share.Amount));
    }

    [Fact]
    public void A_roll_forward_adds_up_and_tells_what_falls_within_a_year()
    {
        ContractCost[] costs =
        [
            Cost(3_600, "2026-01-10", 36), Cost(1_200, "2026-06-01", 12) with { TerminatedOn = Day("2026-09-15") },
            Cost(2_400, "2026-03-01", 24) with { Impairments = [new(Day("2026-12-31"), 1_000)] },
        ];
        var year = CostRollForward.Of(costs, Period.Find("2026")!.Value, "USD");
        Assert.Equal(
            (0, 7_200, 2_433.33m, 1_000, 900, 2_866.67m),
            (year.Opening.Amount, year.Additions.Amount, year.Amortisation.Amount, year.Impairment.Amount, year.Disposals.Amount,
                year.Closing.Amount));
        Assert.Equal((1_600, 1_266.67m), (year.Current.Amount, year.NonCurrent.Amount));
        var next = CostRollForward.Of(costs, Period.Find("2027")!.Value, "USD");
        Assert.Equal((year.Closing, 1_600), (next.Opening, next.Amortisation.Amount));
    }

    [Fact]
    public void A_cost_that_comes_late_catches_up()
    {
        var late = Cost(1_200, "2026-03-15", 12) with { ServiceFrom = Day("2026-01-01") };
        Assert.Equal([0, 0, 300, 100], Amortised(late).Take(4));
    }

    [Fact]
    public void An_impairment_is_what_the_contract_no_longer_covers()
    {
        Assert.Equal(300, Impairment.Needed(1_000, 900, 200));
        Assert.Equal(0, Impairment.Needed(1_000, 2_000, 200));
        Assert.Equal(1_000, Impairment.Needed(1_000, 100, 200));
    }

    private static ContractCost Cost(decimal amount, string on, int months) => new("c", Usd(amount), Day(on), Day(on), months);

    private static decimal[] Amortised(ContractCost cost) =>
    [
        .. CostRollForward.MonthlyMovements(cost, cost.ServiceFrom.AddMonths(cost.Months)).Select(month => month.Amortised),
    ];
}
