using SalesOps.Domain.Assignments;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Assignments;

public sealed class RecommendationTests
{
    private static readonly Buyer Acme =
        new("acme", ["north", "world"], ["de"], ["cloud"], "Enterprise", "Energy", "tender");

    private static readonly Candidate Able = new(
        Ada,
        new(Attendance.Present, ["north"], ["en", "DE"], ["Cloud"]),
        new(3, 1, 10, Usd(200_000), Usd(50_000), Day(1)),
        new(20, [new("enterprise", 5)], [new("energy", 5)], [new("tender", 5)], [new("acme", 1)], [new("acme", 2)]));

    [Fact]
    public void Each_factor_is_worked_out_as_it_is_defined() => Assert.Equal(
        // g(20; 20) and g(5; 5) are one half, as are g(1; 1) and g(2; 2).
        new Factors(0.5m, 0.5m, 0.75m, 0.25m, 0.7m),
        Factors.Of(Acme, Able, openAccounts: 3));

    [Fact]
    public void The_score_is_the_weighted_sum()
    {
        var ranked = Assert.Single(Recommend(Able).Candidates);
        Assert.Equal((0.5425m, 1), (ranked.Score, ranked.Rank));
    }

    [Fact]
    public void What_nobody_knows_speaks_neither_for_nor_against() => Assert.Equal(
        new Factors(0, 0, 0.5m, 0.5m, 0.5m),
        Factors.Of(new("unknown"), new(Ben, new(Attendance.Present)), openAccounts: 7));

    [Fact]
    public void Factors_stay_between_0_and_1()
    {
        var full = Able with { Load = new(12, 0, 10, Usd(10), Usd(1_000)) };
        Assert.Equal((0, 0), (Factors.Of(Acme, full, 12).QuotaHeadroom, Factors.Of(Acme, full, 12).Load));
        Assert.Equal(0, Factors.Of(Acme, full with { Load = new(0, 0, Capacity: 0) }, 0).Load);
    }

    [Theory]
    [InlineData(HardRule.Departed)]
    [InlineData(HardRule.OnLeave)]
    [InlineData(HardRule.Territory)]
    [InlineData(HardRule.Language)]
    [InlineData(HardRule.Skill)]
    [InlineData(HardRule.Conflict)]
    [InlineData(HardRule.Capacity)]
    public void A_hard_rule_excludes_and_is_named(HardRule rule)
    {
        var excluded = rule switch
        {
            HardRule.Departed => Able with { Reach = Able.Reach with { Attendance = Attendance.Departed } },
            HardRule.OnLeave => Able with { Reach = Able.Reach with { Attendance = Attendance.OnLeave } },
            HardRule.Territory => Able with { Reach = Able.Reach with { Territories = ["south"] } },
            HardRule.Language => Able with { Reach = Able.Reach with { Languages = ["en"] } },
            HardRule.Skill => Able with { Reach = Able.Reach with { Skills = null } },
            HardRule.Conflict => Able with { Reach = Able.Reach with { Conflicts = ["acme"] } },
            _ => Able with { Load = Able.Load! with { OpenAccounts = 10 } },
        };
        var recommendation = Recommend(excluded, Able with { RepId = Ben });
        Assert.Equal([new Rejected(Ada, rule)], recommendation.Rejected);
        Assert.Equal([Ben], recommendation.Candidates.Select(candidate => candidate.RepId));
    }

    [Fact]
    public void An_account_that_asks_for_nothing_excludes_nobody() =>
        Assert.Empty(Recommendation.Of(new("plain"), [new(Ada, new(Attendance.Present))], FactorWeights.Default).Rejected);

    [Fact]
    public void Of_equal_scores_who_waits_the_longest_goes_first_and_then_the_lesser_id()
    {
        var recommendation = Recommend(
            Able, Able with { RepId = Cleo }, Able with { RepId = Ben, Load = Able.Load! with { LastAssignedAt = null } });
        Assert.Equal([Ben, Ada, Cleo], recommendation.Candidates.Select(candidate => candidate.RepId));
    }

    [Fact]
    public void Weights_decide()
    {
        var busy = Able with { RepId = Ben, Load = Able.Load! with { OpenAccounts = 9, Pipeline = Usd(0) } };
        Assert.Equal(Ben, RecommendBy(new(0, 0, 1, 0, 0), Able, busy).Candidates[0].RepId);
        Assert.Equal(Ada, RecommendBy(new(0, 0, 0, 0, 1), Able, busy).Candidates[0].RepId);
    }

    [Fact]
    public void Weights_sum_to_exactly_1()
    {
        var setting = new WeightSetting(FactorWeights.Default);
        Assert.Equal("weights-sum", ChangeWeights.Decide(setting, new(new(0.5m, 0.5m, 0.1m, 0, 0), null)).Rejection!.Code);
        Assert.Equal("/weights/load", ChangeWeights.Decide(setting, new(new(1, 1, 0, 0, -1), null)).Rejection!.Pointer);
        Assert.Empty(ChangeWeights.Decide(setting, new(FactorWeights.Default, "again")).Events);
        Assert.Single(ChangeWeights.Decide(setting, new(new(0.2m, 0.2m, 0.2m, 0.2m, 0.2m), "even")).Events);
    }

    private static Recommendation Recommend(params Candidate[] candidates) => RecommendBy(FactorWeights.Default, candidates);

    private static Recommendation RecommendBy(FactorWeights weights, params Candidate[] candidates) =>
        Recommendation.Of(Acme, candidates, weights);
}
