using SalesOps.Domain.Deals;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Deals;

public sealed class LogActivityTests
{
    private static readonly Spec<Deal, DealEvent> Open = Spec.For(Deal.Decider).Given((Day(1), Opened()));

    [Fact]
    public void Two_calls_alike_are_two() => Open
        .When(Day(2), Call).NotIdempotent()
        .Then(new DealEvent.ActivityLogged(ActivityKind.Call, Ada, new ContactId("kim")));

    [Fact]
    public void A_closed_deal_may_still_be_talked_about() => Open
        .Given((EndOf(3), Won(3)))
        .When(Day(4), Call).NotIdempotent()
        .Then(new DealEvent.ActivityLogged(ActivityKind.Call, Ada, new ContactId("kim")));

    [Fact]
    public void A_deal_that_was_never_opened_is_not_talked_about() =>
        Spec.For(Deal.Decider).When(Day(2), Call).Refused("deal-not-open-yet");

    private static Decision<DealEvent> Call(Deal state) => LogActivity.Decide(new(ActivityKind.Call, Ada, new ContactId("kim")));
}
