using SalesOps.Domain.Pipelines;
using Xunit;
using static SalesOps.Domain.Tests.Examples;
using static SalesOps.Domain.Tests.Metrics.Paths;

namespace SalesOps.Domain.Tests.Pipelines;

public sealed class RiskNormsTests
{
    private static readonly DealActivity Called = new(Date(2), Date(8), 3, 3, 2, "ann");

    [Fact]
    public void What_is_unlike_won_deals_is_at_risk_with_its_evidence()
    {
        var norms = Learned(10);
        var deal = Path("a1 b2", Usd(80), Date(3)) with { Pushes = 2, PeakAmount = 100 };
        var risks = norms.Assess(deal, new(Date(2), Date(2), 0, 1, 1, "ann"), Date(31));
        Assert.Equal(
            [
                new(RiskRule.Inactive, 29, 3, Date(2)), new(RiskRule.Pushed, Norm: 2, Since: Date(3), Pushes: 2),
                new(RiskRule.StaleInStage, 29, 6, Date(2)), new(RiskRule.Overdue, 28, Since: Date(3)),
                new(RiskRule.AmountCut, Peak: Usd(100)), new Risk(RiskRule.SingleContact, ContactId: "ann"),
            ],
            risks);
    }

    [Fact]
    public void A_close_that_no_won_deal_managed_is_too_soon()
    {
        var risk = Assert.Single(Learned(10).Assess(Path("a1 b2", Usd(1), Date(4)), Called, Date(3)));
        Assert.Equal(new Risk(RiskRule.CloseTooSoon, 2, 8, Date(2), Date(10)), risk);
        Assert.Empty(Learned(10).Assess(Path("a1 b2", Usd(1), Date(10)), Called, Date(3)));
    }

    [Fact]
    public void With_few_won_deals_nothing_is_measured_against_them() =>
        Assert.Empty(Learned(RiskNorms.Least - 1).Assess(Path("a1 b2", Usd(1), Date(31)), null, Date(31)));

    /// <summary>Won deals that were a day in a and six in b, won within eight of b, and never quiet for more than three days.</summary>
    private static RiskNorms Learned(int deals)
    {
        var norms = new RiskNorms(BusinessCalendar.Utc, pushes: 2);
        for (var deal = 0; deal < deals; deal++)
        {
            norms.Learn(Path("a1 b2 c8 won10"), Called);
        }

        return norms;
    }
}
