using SalesOps.Domain.Deals;
using SalesOps.Testing;
using Xunit;
using Xunit.Sdk;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests;

/// <summary>The controls of <see cref="Spec"/>: what it lets pass proves something only if it can fail.</summary>
public sealed class SpecTests
{
    private static readonly Spec<Deal, DealEvent> Open = Spec.For(Deal.Decider).Given((Day(1), Opened()));

    [Fact]
    public void An_event_that_was_not_expected_fails() => Assert.ThrowsAny<XunitException>(
        () => Open.When(Day(2), Move).Then(MovedTo(Negotiation)));

    [Fact]
    public void A_decision_that_repeats_itself_fails_unless_it_is_said_to() => Assert.ThrowsAny<XunitException>(
        () => Open.When(Day(2), MoveAlways).Then(MovedTo(Proposal)));

    [Fact]
    public void A_decision_that_is_said_to_repeat_itself_and_does_not_fails() => Assert.ThrowsAny<XunitException>(
        () => Open.When(Day(2), Move).NotIdempotent().Then(MovedTo(Proposal)));

    [Fact]
    public void A_refusal_that_was_not_expected_fails() => Assert.ThrowsAny<XunitException>(
        () => Spec.For(Deal.Decider).When(Day(2), Move).Then(MovedTo(Proposal)));

    [Fact]
    public void Another_refusal_than_expected_fails() => Assert.ThrowsAny<XunitException>(
        () => Spec.For(Deal.Decider).When(Day(2), Move).Refused("deal-closed"));

    [Fact]
    public void An_event_is_not_nothing() => Assert.ThrowsAny<XunitException>(() => Open.When(Day(2), Move).Nothing());

    [Fact]
    public void A_refusal_is_not_nothing() => Assert.ThrowsAny<XunitException>(
        () => Spec.For(Deal.Decider).When(Day(2), Move).Nothing());

    [Fact]
    public void Contradicting_another_fact_fails() => Assert.ThrowsAny<XunitException>(
        () => Open.Given((Day(3), MovedTo(Negotiation)))
            .When(Day(2), state => WinDeal.Decide(state, new(Date(2), null)))
            .ContradictsFact(1));

    [Fact]
    public void A_history_that_cannot_be_is_not_given() => Assert.ThrowsAny<XunitException>(
        () => Spec.For(Deal.Decider).Given((Day(1), Won(1))));

    private static Decision<DealEvent> Move(Deal state) => ChangeStage.Decide(state, Standard, new(Proposal));

    private static Decision<DealEvent> MoveAlways(Deal state) => Decision<DealEvent>.Accept(MovedTo(Proposal));
}
