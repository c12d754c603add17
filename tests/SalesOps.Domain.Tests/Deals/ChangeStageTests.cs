using SalesOps.Domain.Deals;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Deals;

public sealed class ChangeStageTests
{
    [Fact]
    public void An_open_deal_moves() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened()))
        .When(Day(2), To(Negotiation))
        .Then(MovedTo(Negotiation));

    [Fact]
    public void Going_back_is_allowed() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened(Negotiation)))
        .When(Day(2), To(Prospecting))
        .Then(MovedTo(Prospecting));

    [Fact]
    public void Asking_for_the_stage_it_is_in_comes_to_nothing() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened(Proposal)))
        .When(Day(2), To(Proposal))
        .Nothing();

    [Fact]
    public void A_deal_that_was_never_opened_does_not_move() =>
        Spec.For(Deal.Decider).When(Day(2), To(Proposal)).Refused("deal-not-open-yet");

    [Fact]
    public void A_deal_does_not_move_before_it_was_opened() => Spec.For(Deal.Decider)
        .Given((Day(5), Opened()))
        .When(Day(4), To(Proposal))
        .Refused("deal-not-open-yet");

    [Fact]
    public void A_won_deal_no_longer_moves() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened()), (EndOf(3), Won(3)))
        .When(Day(4), To(Proposal))
        .Refused("deal-closed");

    [Fact]
    public void A_lost_deal_no_longer_moves() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened()), (EndOf(3), Lost(3)))
        .When(Day(4), To(Prospecting))
        .Refused("deal-closed");

    [Fact]
    public void A_back_dated_move_is_judged_by_the_state_at_its_time() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened()), (EndOf(3), Won(3)))
        .When(Day(2), To(Proposal))
        .Then(MovedTo(Proposal));

    [Fact]
    public void A_back_dated_move_to_the_stage_of_that_time_comes_to_nothing() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened()), (Day(5), MovedTo(Negotiation)))
        .When(Day(2), To(Prospecting))
        .Nothing();

    [Fact]
    public void A_back_dated_move_leaves_later_moves_as_they_are()
    {
        var timeline = Spec.For(Deal.Decider)
            .Given((Day(1), Opened()), (Day(5), MovedTo(Negotiation)))
            .When(Day(2), To(Proposal))
            .Then(MovedTo(Proposal))
            .Timeline;
        Assert.Equal([Prospecting, Proposal, Negotiation], new[] { 1, 4, 5 }.Select(day => timeline.At(EndOf(day)).Stage));
    }

    [Fact]
    public void A_stage_that_the_pipeline_does_not_have_is_refused() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened()))
        .When(Day(2), To(new("dreaming")))
        .Refused("stage-unknown", "/stage");

    private static Func<Deal, Decision<DealEvent>> To(StageKey stage) =>
        state => ChangeStage.Decide(state, Standard, new(stage));
}
