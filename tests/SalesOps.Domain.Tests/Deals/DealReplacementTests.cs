using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Deals;

public sealed class DealReplacementTests
{
    private static readonly Deal Open = Spec.For(Deal.Decider).Given((Day(1), Opened(Proposal))).Timeline.Latest;

    private static readonly Deal Closed = Spec.For(Deal.Decider).Given((Day(1), Opened(Proposal)), (EndOf(2), Lost(2))).Timeline.Latest;

    /// <summary>A pipeline that has exit criteria, so that a change of stage can say that one is met.</summary>
    private static readonly Pipeline Asking = Standard with
    {
        Stages = [.. Standard.Stages.Select(stage => stage with { ExitCriteria = ["budget is known"] })],
    };

    [Fact]
    public void Every_kind_of_fact_can_stand_in_the_place_of_another() => Assert.All(
        Golden.Newest.Select(golden => golden.Event).OfType<DealEvent>(),
        @event => Assert.Equal([@event], DealReplacement.Decide(StateBefore(@event), @event, Asking).Events));

    [Fact]
    public void A_replacement_obeys_the_rules_of_its_command()
    {
        Assert.Equal("amount-negative", Refusal(new DealEvent.AmountChanged(Usd(-1))));
        Assert.Equal("stage-unknown", Refusal(new DealEvent.StageChanged(new("dreaming"))));
        Assert.Equal("splits-sum", Refusal(new DealEvent.SplitsChanged([new(Ada, 99.99m, SplitKind.Revenue)])));
    }

    [Fact]
    public void An_opening_names_its_pipeline_and_everything_else_has_the_deals()
    {
        Assert.Equal(new("partners"), DealReplacement.PipelineOf(Open, Opened() with { PipelineId = new("partners") }));
        Assert.Equal(Open.PipelineId, DealReplacement.PipelineOf(Open, MovedTo(Proposal)));
    }

    [Fact]
    public void A_close_takes_effect_at_the_end_of_its_day()
    {
        Assert.Equal(EndOf(3), DealReplacement.NaturalTimeOf(Won(3), BusinessCalendar.Utc));
        Assert.Equal(EndOf(3), DealReplacement.NaturalTimeOf(Lost(3), BusinessCalendar.Utc));
        Assert.Null(DealReplacement.NaturalTimeOf(MovedTo(Proposal), BusinessCalendar.Utc));
    }

    private static Deal StateBefore(DealEvent @event) => @event switch
    {
        DealEvent.Opened => Deal.Decider.Initial,
        DealEvent.Reopened => Closed,
        _ => Open,
    };

    private static string? Refusal(DealEvent replacement) => DealReplacement.Decide(Open, replacement, Standard).Rejection?.Code;
}
