using SalesOps.Domain.Deals;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests;

public sealed class CorrectionTests
{
    /// <summary>Facts 1 to 3: opened on day 1, moved on day 2, won on day 5.</summary>
    private static readonly Spec<Deal, DealEvent> Known = Spec.For(Deal.Decider)
        .Given((Day(1), Opened(amount: Usd(100))), (Day(2), MovedTo(Proposal)), (EndOf(5), Won(5)));

    [Fact]
    public void A_win_that_never_was_is_taken_back_and_the_deal_is_open()
    {
        var timeline = Known.GivenCorrection(3).Timeline;
        Assert.Equal(DealStatus.Open, timeline.Latest.Status);
        Assert.Equal(DealStatus.Won, timeline.AsOf(Day(9), Spec.RecordedAt(3)).Status);
        Assert.Equal(DealStatus.Open, timeline.AsOf(Day(9), Spec.RecordedAt(4)).Status);
    }

    [Fact]
    public void A_win_is_put_at_another_date()
    {
        var timeline = Known.GivenCorrection(3, (EndOf(9), Won(9, Usd(90)))).Timeline;
        Assert.Equal((Date(9), Usd(90)), (timeline.Latest.ClosedOn, timeline.Latest.Amount));
        Assert.Equal(DealStatus.Open, timeline.At(Day(8)).Status);
        Assert.Equal(DealStatus.Won, timeline.AsOf(Day(8), Spec.RecordedAt(3)).Status);
    }

    [Fact]
    public void A_fact_of_a_closed_deal_can_be_taken_back() =>
        Assert.Equal((DealStatus.Won, Prospecting), StatusAndStage(Known.GivenCorrection(2).Timeline.Latest));

    [Fact]
    public void An_opening_can_be_put_earlier_or_told_differently() =>
        Assert.Equal(Usd(70), Known.GivenCorrection(1, (Day(1).AddDays(-7), Opened(amount: Usd(70)))).Timeline.Latest.Amount);

    [Fact]
    public void An_opening_put_after_a_later_fact_contradicts_it() =>
        AssertContradicts(2, Known.Timeline.RefuseCorrection(Spec.FactId(1), (Day(3), Opened())));

    [Fact]
    public void An_opening_put_at_the_instant_of_a_later_fact_comes_after_it() =>
        AssertContradicts(2, Known.Timeline.RefuseCorrection(Spec.FactId(1), (Day(2), Opened())));

    [Fact]
    public void An_opening_that_others_rest_on_is_not_taken_back() =>
        AssertContradicts(2, Known.Timeline.RefuseCorrection(Spec.FactId(1), null));

    [Fact]
    public void A_lone_opening_can_be_taken_back_and_the_deal_opened_anew() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened()))
        .GivenCorrection(1)
        .When(Day(3), state => OpenDeal.Decide(state, Standard, new("Discs for Acme", Proposal)))
        .Then(Opened(Proposal));

    [Fact]
    public void A_loss_that_a_reopening_rests_on_goes_after_the_reopening()
    {
        var reopened = Spec.For(Deal.Decider)
            .Given((Day(1), Opened()), (EndOf(3), Lost(3)), (Day(5), new DealEvent.Reopened("new budget")));
        AssertContradicts(3, reopened.Timeline.RefuseCorrection(Spec.FactId(2), null));
        Assert.Equal(DealStatus.Open, reopened.GivenCorrection(3).GivenCorrection(2).Timeline.Latest.Status);
    }

    [Fact]
    public void A_replacement_must_be_possible_at_its_time()
    {
        Assert.Equal("deal-not-open-yet", Known.Timeline.RefuseCorrection(Spec.FactId(3), (Day(1).AddDays(-1), Won(5)))?.Code);
        Assert.Equal("deal-exists", Known.Timeline.RefuseCorrection(Spec.FactId(3), (Day(9), Opened()))?.Code);
        AssertContradicts(3, Known.Timeline.RefuseCorrection(Spec.FactId(2), (Day(2), Lost(2))));
    }

    [Fact]
    public void A_fact_is_taken_back_once()
    {
        var rejection = Known.GivenCorrection(3).Timeline.RefuseCorrection(Spec.FactId(3), null);
        Assert.Equal((RejectionKind.Conflict, "already-voided"), (rejection?.Kind, rejection?.Code));
        Assert.Contains($"'{Spec.FactId(4)}'", rejection?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_that_is_not_of_this_history_is_not_found()
    {
        var rejection = Known.Timeline.RefuseCorrection(Spec.FactId(77), null);
        Assert.Equal(("event-not-found", "/eventId"), (rejection?.Code, rejection?.Pointer));
    }

    [Fact]
    public void A_correction_without_replacement_is_no_fact_to_take_back() =>
        Assert.Equal("event-not-found", Known.GivenCorrection(3).Timeline.RefuseCorrection(Spec.FactId(4), null)?.Code);

    [Fact]
    public void Taking_a_replacement_back_does_not_bring_the_first_fact_back()
    {
        var timeline = Known.GivenCorrection(3, (EndOf(9), Won(9))).GivenCorrection(4).Timeline;
        Assert.Equal(DealStatus.Open, timeline.Latest.Status);
        Assert.Equal(Date(9), timeline.AsOf(Day(20), Spec.RecordedAt(4)).ClosedOn);
        Assert.Equal(Date(5), timeline.AsOf(Day(20), Spec.RecordedAt(3)).ClosedOn);
    }

    [Fact]
    public void Of_two_events_that_take_the_same_fact_back_the_first_counts()
    {
        Fact<object>[] log =
        [
            Recorded(1, Opened()), Recorded(2, MovedTo(Proposal)), Recorded(3, new FactVoided(), 2), Recorded(4, new FactVoided(), 2),
        ];
        var voided = Timeline<Deal, DealEvent>.Empty(Deal.Decider).With(log).Facts[1].Voided;
        Assert.Equal(new Voiding(Spec.FactId(3), Spec.RecordedAt(3)), voided);
    }

    private static (DealStatus Status, StageKey Stage) StatusAndStage(Deal deal) => (deal.Status, deal.Stage);

    private static Fact<object> Recorded(long version, object @event, params IReadOnlyList<long> voids) =>
        new(Spec.FactId(version), version, Day(1), Spec.RecordedAt(version), @event) { Voids = [.. voids.Select(Spec.FactId)] };

    private static void AssertContradicts(long version, Rejection? rejection)
    {
        Assert.Equal("contradicts-later-fact", rejection?.Code);
        Assert.Contains($"'{Spec.FactId(version)}'", rejection?.Detail, StringComparison.Ordinal);
    }
}
