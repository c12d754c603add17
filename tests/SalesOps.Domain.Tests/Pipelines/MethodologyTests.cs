using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Pipelines;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;
using static SalesOps.Domain.Tests.Metrics.Paths;

namespace SalesOps.Domain.Tests.Pipelines;

/// <summary>What a pipeline asks of deals before they move on, and how its probabilities learn from history.</summary>
public sealed class MethodologyTests
{
    private static readonly Pipeline Strict = Standard with
    {
        Stages =
        [
            .. Standard.Stages.Select(stage => stage.Key == Proposal
                ? stage with { ExitCriteria = ["budget is known", "buyer is met"], CriteriaRequired = true }
                : stage),
        ],
    };

    [Fact]
    public void A_deal_moves_on_only_with_the_exit_criteria_of_its_stage_met()
    {
        var at = Spec.For(Deal.Decider).Given((Day(1), Opened(Proposal)));
        at.When(Day(2), state => ChangeStage.Decide(state, Strict, new(Negotiation))).Refused("exit-criteria-unmet", "/metCriteria");
        at.When(Day(2), state => ChangeStage.Decide(state, Strict, new(Negotiation, ["budget is known"])))
            .Refused("exit-criteria-unmet", "/metCriteria");
        at.When(Day(2), state => ChangeStage.Decide(state, Strict, new(Negotiation, ["buyer is met", "budget is known"])))
            .Then(new DealEvent.StageChanged(Negotiation, ["buyer is met", "budget is known"]));
        at.When(Day(2), state => ChangeStage.Decide(state, Strict, new(Negotiation, ["sun is out"])))
            .Refused("criterion-unknown", "/metCriteria/0");
    }

    [Fact]
    public void Going_back_asks_for_nothing_and_neither_does_a_pipeline_that_requires_nothing()
    {
        var at = Spec.For(Deal.Decider).Given((Day(1), Opened(Proposal)));
        at.When(Day(2), state => ChangeStage.Decide(state, Strict, new(Prospecting))).Then(MovedTo(Prospecting));
        at.When(Day(2), state => ChangeStage.Decide(state, Standard, new(Negotiation))).Then(MovedTo(Negotiation));
    }

    [Fact]
    public void Criteria_that_are_required_must_be_there_and_texts_must_say_something()
    {
        Assert.Equal("/stages/0/criteriaRequired", Refusal(new(Proposal, "P", CriteriaRequired: true)));
        Assert.Equal("/stages/0/questions/1", Refusal(new(Proposal, "P", Questions: ["Who?", " "])));
        Assert.Equal("/stages/0/buyingSignals/1", Refusal(new(Proposal, "P", BuyingSignals: ["a", "a"])));
        Assert.Equal("/stages/0/content", Refusal(new(Proposal, "P", Content: [.. Enumerable.Range(0, 101).Select(n => $"{n}")])));
        Assert.Null(Refusal(new(Proposal, "P", ExitCriteria: ["a"], CriteriaRequired: true)));

        static string? Refusal(Stage stage) => DefinePipeline.Decide(Standard, new("P", [stage])).Rejection?.Pointer;
    }

    [Fact]
    public void Each_closed_deal_is_a_prediction_of_every_stage_that_it_was_in()
    {
        var calibration = new Calibration(new StageOrder(new PipelineFact(
            "P", [new(new("a"), "A", 0.2m, null), new(new("b"), "B", 0.8m, null), new(new("c"), "C", null, null)])));
        calibration.Add(Path("a1 b2 c3 won4"));
        calibration.Add(Path("a1 b2 a3 lost4"));
        calibration.Add(Path("a1 lost4"));
        calibration.Add(Path("a1 lost4"));

        Assert.Equal([(4, 1), (2, 1), (1, 1)], calibration.Stages.Select(stage => (stage.Deals, stage.Won)));
        Assert.Equal(0.25m, calibration.Stages[0].Observed.Value);
        // (0.64 + 3 × 0.04 + 0.04 + 0.64) ÷ 6.
        Assert.Equal(0.24m, calibration.Quality.Brier.Value);
        Assert.Equal(
            [new(0.2m, 0.3m, 4, 0.2m, 0.25m), new ReliabilityBin(0.8m, 0.9m, 2, 0.8m, 0.5m)], calibration.Quality.Reliability);
        Assert.Equal((0.25m, null), (calibration.Suggest(new("a"), 3), calibration.Suggest(new("b"), 3)));
        Assert.Equal(Ratio.NoDenominator, new Calibration(Order).Quality.Brier.Reason);
    }

    [Fact]
    public void A_calibrated_version_keeps_everything_but_the_probabilities_that_history_knows_better()
    {
        var decision = CalibratePipeline.Decide(Strict, new(stage => stage == Proposal ? 0.4m : null));
        var defined = Assert.IsType<PipelineEvent.Defined>(Assert.Single(decision.Events));
        Assert.Equal(
            Strict.Stages.Select(stage => stage.Key == Proposal ? stage with { Probability = 0.4m } : stage), defined.Stages);
        Assert.Empty(CalibratePipeline.Decide(Strict, new(_ => null)).Events);
        Assert.Equal(
            "pipeline-not-found",
            CalibratePipeline.Decide(Pipeline.Decider(new("none")).Initial, new(_ => null)).Rejection?.Code);
    }
}
