using SalesOps.Domain.Deals;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests;

public sealed class TimelineTests
{
    private static readonly Spec<Deal, DealEvent> Open = Spec.For(Deal.Decider).Given((Day(1), Opened(amount: Usd(10))));

    [Fact]
    public void A_stream_without_events_is_in_its_initial_state()
    {
        var empty = Timeline<Deal, DealEvent>.Empty(Deal.Decider);
        Assert.Same(Deal.Decider.Initial, empty.Latest);
        Assert.Same(Deal.Decider.Initial, empty.At(DateTimeOffset.MaxValue));
        Assert.Equal(0, empty.Version);
        Assert.Same(empty, empty.With([]));
    }

    [Fact]
    public void A_fact_holds_from_the_very_instant_of_its_effect()
    {
        var timeline = Open.Given((Day(5), MovedTo(Proposal))).Timeline;
        Assert.Equal(Prospecting, timeline.At(Day(5).AddMicroseconds(-1)).Stage);
        Assert.Equal(Proposal, timeline.At(Day(5)).Stage);
    }

    [Fact]
    public void Facts_stand_in_the_order_in_which_they_were_true_not_learned() => Assert.Equal(
        [1, 3, 2],
        Open.Given((Day(9), MovedTo(Negotiation)), (Day(5), MovedTo(Proposal))).Timeline.Facts.Select(fact => fact.Version));

    [Fact]
    public void Of_two_facts_of_one_instant_the_one_learned_later_wins() => Assert.Equal(
        Proposal,
        Open.Given((Day(5), MovedTo(Negotiation)), (Day(5), MovedTo(Proposal))).Timeline.Latest.Stage);

    [Fact]
    public void A_fact_of_the_future_is_known_but_does_not_hold_yet()
    {
        var timeline = Open.Given((Day(20), MovedTo(Proposal))).Timeline;
        Assert.Equal(Prospecting, timeline.At(Day(10)).Stage);
        Assert.Equal(Proposal, timeline.Latest.Stage);
    }

    [Fact]
    public void A_fact_is_not_known_before_it_was_recorded()
    {
        var timeline = Open.Given((Day(9), MovedTo(Negotiation)), (Day(5), MovedTo(Proposal))).Timeline;
        Assert.Equal(Prospecting, timeline.AsOf(Day(6), Spec.RecordedAt(2)).Stage);
        Assert.Equal(Proposal, timeline.AsOf(Day(6), Spec.RecordedAt(3)).Stage);
        Assert.Equal(DealStatus.None, timeline.AsOf(Day(6), Spec.RecordedAt(1).AddMicroseconds(-1)).Status);
    }

    [Fact]
    public void The_states_of_a_knowledge_are_told_with_the_facts_that_made_them()
    {
        var timeline = Open.Given((Day(9), MovedTo(Negotiation)), (Day(5), MovedTo(Proposal))).GivenCorrection(2).Timeline;
        Assert.Equal(
            [(1, Prospecting), (3, Proposal), (2, Negotiation)],
            timeline.StatesKnownAt(Spec.RecordedAt(3)).Select(step => (step.Fact.Version, step.State.Stage)));
        Assert.Equal(
            [(1, Prospecting), (3, Proposal)],
            timeline.StatesKnownAt(Spec.RecordedAt(4)).Select(step => (step.Fact.Version, step.State.Stage)));
    }

    [Fact]
    public void A_voiding_event_counts_as_a_version() =>
        Assert.Equal(3, Open.Given((Day(2), MovedTo(Proposal))).GivenCorrection(2).Timeline.Version);

    [Fact]
    public void The_present_is_now_where_nothing_of_today_is_known() => Assert.Equal(
        Day(5).AddHours(10),
        Open.Given((EndOf(4), MovedTo(Proposal)), (Day(6), MovedTo(Negotiation))).Timeline.PresentAt(Day(5).AddHours(10), EndOf(5)));

    [Fact]
    public void A_deal_won_today_is_won_for_every_command_of_today()
    {
        var won = Open.Given((EndOf(5), Won(5)));
        var present = won.Timeline.PresentAt(Day(5).AddHours(10), EndOf(5));
        Assert.Equal(EndOf(5), present);
        won.When(present, state => ChangeStage.Decide(state, Standard, new(Proposal))).Refused("deal-closed");
    }

    [Fact]
    public void A_win_of_today_that_was_taken_back_does_not_count_for_the_present() => Assert.Equal(
        Day(5).AddHours(10),
        Open.Given((EndOf(5), Won(5))).GivenCorrection(2).Timeline.PresentAt(Day(5).AddHours(10), EndOf(5)));

    [Fact]
    public void Several_events_of_one_decision_are_judged_one_after_the_other()
    {
        Spec.For(Deal.Decider).When(Day(1), _ => Decision<DealEvent>.Accept(Opened(), Won(1)))
            .NotIdempotent().Then(Opened(), Won(1));
        Spec.For(Deal.Decider).When(Day(1), _ => Decision<DealEvent>.Accept(Won(1), Opened())).Refused("deal-not-open-yet");
    }

    [Fact]
    public void Later_facts_that_were_taken_back_are_not_contradicted() => Open
        .Given((Day(9), MovedTo(Negotiation)))
        .GivenCorrection(2)
        .When(EndOf(5), state => WinDeal.Decide(state, new(Date(5), null)))
        .Then(Won(5));

    [Fact]
    public void The_refusal_of_a_contradiction_says_which_fact_of_when_and_why() => Assert.Equal(
        $"Fact '{Spec.FactId(2)}' of 2026-01-09T00:00:00Z would no longer be possible: A closed deal no longer moves.",
        Open.Given((Day(9), MovedTo(Negotiation)))
            .When(EndOf(5), state => WinDeal.Decide(state, new(Date(5), null)))
            .Refused("contradicts-later-fact")
            .Detail);
}
