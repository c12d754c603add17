using SalesOps.Domain.Pipelines;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Pipelines;

public sealed class DefinePipelineTests
{
    private static readonly Stage Talk = new(new("talk"), "Talking", 0.2m, ForecastCategory.Pipeline, ["budget is known"], "Ask first.");
    private static readonly Stage Sign = new(new("sign"), "Signing", 0.9m);
    private static readonly Spec<Pipeline, PipelineEvent> Partners = Spec.For(Pipeline.Decider(new("partners")));

    [Fact]
    public void A_pipeline_is_defined()
    {
        Assert.False(Partners.Timeline.Latest.Exists);
        var pipeline = Partners.When(Day(1), As("Partners", Talk, Sign))
            .Then(new PipelineEvent.Defined("Partners", [Talk, Sign]))
            .Timeline.Latest;
        Assert.True(pipeline.Exists);
        Assert.Equal([Talk, Sign], pipeline.Stages.AsEnumerable());
        Assert.Equal(Sign, pipeline.Find(new("sign")));
        Assert.Null(pipeline.Find(new("dream")));
    }

    [Fact]
    public void The_default_pipeline_exists_from_the_start_and_can_be_defined_anew()
    {
        var standard = Spec.For(Pipeline.Decider(Pipeline.DefaultId));
        Assert.True(standard.Timeline.Latest.Exists);
        standard.When(Day(1), As("Ours", Talk)).Then(new PipelineEvent.Defined("Ours", [Talk]));
    }

    [Fact]
    public void The_definition_it_has_already_comes_to_nothing() => Partners
        .Given((Day(1), new PipelineEvent.Defined("Partners", [Talk, Sign])))
        .When(Day(2), As("Partners", Talk with { ExitCriteria = ["budget is known"] }, Sign with { Probability = 0.90m }))
        .Nothing();

    [Fact]
    public void Each_version_is_in_force_until_the_next()
    {
        var timeline = Partners
            .Given((Day(1), new PipelineEvent.Defined("Partners", [Talk])), (Day(9), new PipelineEvent.Defined("Partners", [Sign])))
            .When(Day(5), As("Partners", Talk, Sign))
            .Then(new PipelineEvent.Defined("Partners", [Talk, Sign]))
            .Timeline;
        DateTimeOffset[] instants = [Day(1).AddMicroseconds(-1), EndOf(4), EndOf(8), Day(9)];
        Assert.Equal([0, 1, 2, 1], instants.Select(at => timeline.At(at).Stages.Length));
    }

    [Fact]
    public void A_pipeline_has_at_least_one_stage() => Partners.When(Day(1), As("Partners")).Refused("stages-missing", "/stages");

    [Fact]
    public void A_stage_is_there_once() => Partners
        .When(Day(1), As("Partners", Talk, Talk with { Name = "Talking again" }))
        .Refused("stage-twice", "/stages/1/key");

    [Theory]
    [InlineData("-0.01")]
    [InlineData("1.01")]
    public void A_probability_is_between_0_and_1(string probability) => Partners
        .When(Day(1), As("Partners", Talk, Sign with { Probability = decimal.Parse(probability) }))
        .Refused("probability-range", "/stages/1/probability");

    [Fact]
    public void A_probability_may_be_0_or_1_or_absent() => Partners
        .When(Day(1), As("Partners", Talk with { Probability = 0 }, Sign with { Probability = 1 }, new Stage(new("wait"), "Waiting", null)))
        .Then(new PipelineEvent.Defined(
            "Partners", [Talk with { Probability = 0 }, Sign with { Probability = 1 }, new Stage(new("wait"), "Waiting")]));

    private static Func<Pipeline, Decision<PipelineEvent>> As(string name, params IReadOnlyList<Stage> stages) =>
        state => DefinePipeline.Decide(state, new(name, stages));
}
