using SalesOps.Domain.Deals;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Deals;

public sealed class ChangeSplitsTests
{
    private static readonly Spec<Deal, DealEvent> Open = Spec.For(Deal.Decider).Given((Day(1), Opened()));

    [Theory]
    [InlineData("100")]
    [InlineData("70 30")]
    [InlineData("72.68 10.93 2.73 13.66")]
    [InlineData("33.333333 33.333333 33.333334")]
    [InlineData("100 0")]
    public void Revenue_shares_that_sum_to_exactly_100_are_accepted(string percents) => Open
        .When(Day(2), Set(Revenue(percents)))
        .Then(new DealEvent.SplitsChanged(Revenue(percents)));

    [Theory]
    [InlineData("99.99")]
    [InlineData("50 50.0000000001")]
    [InlineData("72.68 10.93 2.73 13.65")]
    [InlineData("100 100")]
    public void Any_other_sum_is_refused(string percents) => Open
        .When(Day(2), Set(Revenue(percents)))
        .Refused("splits-sum", "/splits");

    [Fact]
    public void A_share_is_between_0_and_100()
    {
        Open.When(Day(2), Set(Revenue("150 -50"))).Refused("percent-range", "/splits/0/percent");
        Open.When(Day(2), Set(Revenue("50 -50 100"))).Refused("percent-range", "/splits/1/percent");
        Open.When(Day(2), Set([new(Ada, 100.01m, SplitKind.Overlay)])).Refused("percent-range", "/splits/0/percent");
    }

    [Fact]
    public void Overlays_come_on_top_and_are_free()
    {
        Split[] splits = [new(Ada, 100, SplitKind.Revenue), new(Ada, 20, SplitKind.Overlay), new(Ben, 100, SplitKind.Overlay)];
        Open.When(Day(2), Set(splits)).Then(new DealEvent.SplitsChanged(splits));
    }

    [Fact]
    public void A_rep_has_one_share_of_a_kind() => Open
        .When(Day(2), Set([new(Ada, 50, SplitKind.Revenue), new(Ada, 50, SplitKind.Revenue)]))
        .Refused("rep-twice", "/splits");

    [Fact]
    public void Shares_can_be_taken_away_again() => Open
        .Given((Day(2), new DealEvent.SplitsChanged(Revenue("100"))))
        .When(Day(3), Set([]))
        .Then(new DealEvent.SplitsChanged([]));

    [Fact]
    public void The_shares_it_has_already_come_to_nothing() => Open
        .Given((Day(2), new DealEvent.SplitsChanged(Revenue("70 30"))))
        .When(Day(3), Set(Revenue("70.0 30.00")))
        .Nothing();

    [Fact]
    public void The_shares_of_a_closed_deal_may_still_change() => Open
        .Given((EndOf(3), Won(3)))
        .When(Day(9), Set(Revenue("100")))
        .Then(new DealEvent.SplitsChanged(Revenue("100")));

    [Theory]
    [InlineData("100")]
    [InlineData("")]
    public void A_deal_that_was_never_opened_has_no_shares(string percents) => Spec.For(Deal.Decider)
        .When(Day(2), Set(Revenue(percents)))
        .Refused("deal-not-open-yet");

    private static Split[] Revenue(string percents) =>
    [
        .. percents.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Zip([Ada, Ben, Cleo, new RepId("dora")], (percent, rep) => new Split(rep, decimal.Parse(percent), SplitKind.Revenue)),
    ];

    private static Func<Deal, Decision<DealEvent>> Set(IReadOnlyList<Split> splits) =>
        state => ChangeSplits.Decide(state, new(splits));
}
