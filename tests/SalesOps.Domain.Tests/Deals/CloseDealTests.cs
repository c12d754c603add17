using SalesOps.Domain.Deals;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Deals;

/// <summary>Win, lose and reopen.</summary>
public sealed class CloseDealTests
{
    private static readonly Spec<Deal, DealEvent> Open = Spec.For(Deal.Decider).Given((Day(1), Opened(Proposal, Usd(100))));

    [Fact]
    public void A_won_deal_keeps_its_stage_and_amount()
    {
        var deal = Open.When(EndOf(3), Win(3)).Then(Won(3)).Timeline.Latest;
        Assert.Equal((DealStatus.Won, Proposal, Usd(100), Date(3)), (deal.Status, deal.Stage, deal.Amount, deal.ClosedOn));
    }

    [Fact]
    public void A_deal_may_be_won_for_another_amount() => Assert.Equal(
        Usd(90),
        Open.When(EndOf(3), Win(3, Usd(90))).Then(Won(3, Usd(90))).Timeline.Latest.Amount);

    [Fact]
    public void Winning_it_for_the_amount_it_was_won_for_comes_to_nothing() => Open
        .Given((EndOf(3), Won(3)))
        .When(EndOf(3), Win(3, Usd(100)))
        .Nothing();

    [Fact]
    public void Winning_it_for_another_amount_or_on_another_day_is_a_conflict()
    {
        var won = Open.Given((EndOf(3), Won(3)));
        won.When(EndOf(3), Win(3, Usd(90))).Refused("deal-closed");
        won.When(EndOf(4), Win(4)).Refused("deal-closed");
    }

    [Fact]
    public void Winning_it_before_the_day_it_was_won_contradicts_the_win() => Open
        .Given((EndOf(3), Won(3)))
        .When(EndOf(2), Win(2))
        .ContradictsFact(2);

    [Fact]
    public void Winning_it_before_it_last_moved_contradicts_the_move() => Open
        .Given((Day(5), MovedTo(Negotiation)), (Day(6), new DealEvent.AmountChanged(Usd(5))))
        .When(EndOf(3), Win(3))
        .ContradictsFact(2);

    [Fact]
    public void A_bad_amount_is_refused() => Open.When(EndOf(3), Win(3, Usd(-1))).Refused("amount-negative", "/amount");

    [Fact]
    public void A_lost_deal_keeps_why_and_to_whom()
    {
        var deal = Open.When(EndOf(3), Lose(3)).Then(new DealEvent.Lost(Date(3), "price", "Globex")).Timeline.Latest;
        Assert.Equal(
            (DealStatus.Lost, Date(3), "price", "Globex"), (deal.Status, deal.ClosedOn, deal.LossReason, deal.Competitor));
    }

    [Fact]
    public void A_lost_deal_is_not_won_and_a_won_one_not_lost()
    {
        Open.Given((EndOf(3), Lost(3))).When(EndOf(4), Win(4)).Refused("deal-closed");
        Open.Given((EndOf(3), Won(3))).When(EndOf(4), Lose(4)).Refused("deal-closed");
    }

    [Fact]
    public void A_deal_that_was_never_opened_is_neither_won_nor_lost()
    {
        Spec.For(Deal.Decider).When(EndOf(3), Win(3)).Refused("deal-not-open-yet");
        Spec.For(Deal.Decider).When(EndOf(3), Lose(3)).Refused("deal-not-open-yet");
    }

    [Fact]
    public void A_reopened_deal_moves_again_and_forgets_the_loss()
    {
        var deal = Open.Given((EndOf(3), new DealEvent.Lost(Date(3), "price", "Globex")))
            .When(Day(5), Reopen).NotIdempotent().Then(new DealEvent.Reopened("new budget"))
            .When(Day(6), state => ChangeStage.Decide(state, Standard, new(Negotiation))).Then(MovedTo(Negotiation))
            .Timeline.Latest;
        Assert.Equal((DealStatus.Open, Negotiation), (deal.Status, deal.Stage));
        Assert.Equal((null, null, null), (deal.ClosedOn, deal.LossReason, deal.Competitor));
    }

    [Fact]
    public void A_reopened_deal_closes_again() => Open
        .Given((EndOf(3), Won(3)), (Day(5), new DealEvent.Reopened("returned")))
        .When(EndOf(9), Win(9))
        .Then(Won(9));

    [Fact]
    public void Reopening_an_open_deal_is_a_conflict() => Open.When(Day(5), Reopen).Refused("deal-open");

    [Fact]
    public void A_deal_that_was_never_opened_is_not_reopened() =>
        Spec.For(Deal.Decider).When(Day(5), Reopen).Refused("deal-not-open-yet");

    [Fact]
    public void A_deal_reopens_between_its_close_and_a_later_reopening_only_if_it_closed_twice() => Open
        .Given((EndOf(3), Won(3)), (Day(9), new DealEvent.Reopened("returned")))
        .When(Day(5), Reopen)
        .ContradictsFact(3);

    private static Func<Deal, Decision<DealEvent>> Win(int day, Money? amount = null) =>
        state => WinDeal.Decide(state, new(Date(day), amount));

    private static Func<Deal, Decision<DealEvent>> Lose(int day) =>
        state => LoseDeal.Decide(state, new(Date(day), "price", "Globex"));

    private static Decision<DealEvent> Reopen(Deal state) => ReopenDeal.Decide(new("new budget"));
}
