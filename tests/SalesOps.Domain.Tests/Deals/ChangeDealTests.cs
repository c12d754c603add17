using SalesOps.Domain.Deals;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Deals;

/// <summary>Amount, close date, owner and forecast category: one value each, set while the deal is open.</summary>
public sealed class ChangeDealTests
{
    private static readonly Spec<Deal, DealEvent> Open = Spec.For(Deal.Decider).Given((Day(1), Opened(amount: Usd(10), owner: Ada)));

    public static TheoryData<Func<Deal, Decision<DealEvent>>> Changes =>
    [
        state => ChangeAmount.Decide(state, new(Usd(20))),
        state => ChangeCloseDate.Decide(state, new(Date(20))),
        state => ChangeOwner.Decide(state, new(Ben)),
        state => ChangeForecastCategory.Decide(state, new(ForecastCategory.Commit)),
        state => ChangeProducts.Decide(state, new([new(Disc, 1)])),
    ];

    [Fact]
    public void The_amount_of_an_open_deal_changes() => Assert.Equal(
        Usd(12.50m),
        Open.When(Day(2), state => ChangeAmount.Decide(state, new(Usd(12.50m))))
            .Then(new DealEvent.AmountChanged(Usd(12.5m)))
            .Timeline.Latest.Amount);

    [Fact]
    public void The_amount_it_has_already_comes_to_nothing() => Open
        .When(Day(2), state => ChangeAmount.Decide(state, new(Usd(10.00m))))
        .Nothing();

    [Fact]
    public void The_same_number_in_another_currency_is_another_amount() => Open
        .When(Day(2), state => ChangeAmount.Decide(state, new(new(10, "EUR"))))
        .Then(new DealEvent.AmountChanged(new(10, "EUR")));

    [Fact]
    public void A_deal_may_be_worth_nothing() => Open
        .When(Day(2), state => ChangeAmount.Decide(state, new(Usd(0))))
        .Then(new DealEvent.AmountChanged(Usd(0)));

    [Theory]
    [InlineData("-1", "USD", "amount-negative")]
    [InlineData("1.005", "USD", "amount-decimals")]
    [InlineData("1.5", "JPY", "amount-decimals")]
    [InlineData("1000000000000000", "USD", "amount-too-large")]
    [InlineData("79228162514264337593543950335", "USD", "amount-too-large")]
    public void An_amount_that_no_deal_can_have_is_refused(string amount, string currency, string code) => Open
        .When(Day(2), state => ChangeAmount.Decide(state, new(new(decimal.Parse(amount), currency))))
        .Refused(code, "/amount");

    [Fact]
    public void An_amount_in_no_currency_there_is_is_refused() => Open
        .When(Day(2), state => ChangeAmount.Decide(state, new(new(1, "XXX"))))
        .Refused("currency-unknown", "/amount/currency");

    [Fact]
    public void The_expected_close_changes() => Assert.Equal(
        Date(20),
        Open.When(Day(2), state => ChangeCloseDate.Decide(state, new(Date(20))))
            .Then(new DealEvent.CloseDateChanged(Date(20)))
            .Timeline.Latest.ExpectedClose);

    [Theory]
    [InlineData("1899-12-31")]
    [InlineData("3000-01-01")]
    [InlineData("9999-12-31")]
    public void A_date_in_which_no_deals_are_made_is_refused(string text)
    {
        var date = DateOnly.Parse(text);
        Open.When(Day(2), state => ChangeCloseDate.Decide(state, new(date))).Refused("date-range", "/expectedClose");
        Open.When(Day(2), state => WinDeal.Decide(state, new(date, null))).Refused("date-range", "/closedOn");
        Open.When(Day(2), state => LoseDeal.Decide(state, new(date, "price", null))).Refused("date-range", "/closedOn");
        Spec.For(Deal.Decider)
            .When(Day(2), state => OpenDeal.Decide(state, Standard, new("Discs", null, ExpectedClose: date)))
            .Refused("date-range", "/expectedClose");
    }

    [Fact]
    public void The_owner_changes() => Assert.Equal(
        Ben,
        Open.When(Day(2), state => ChangeOwner.Decide(state, new(Ben)))
            .Then(new DealEvent.OwnerChanged(Ben))
            .Timeline.Latest.OwnerId);

    [Fact]
    public void The_owner_it_has_already_comes_to_nothing() => Open
        .When(Day(2), state => ChangeOwner.Decide(state, new(Ada)))
        .Nothing();

    [Fact]
    public void The_account_changes_while_it_is_open()
    {
        var changed = Open.When(Day(2), state => ChangeAccount.Decide(state, new(new("globex"))))
            .Then(new DealEvent.AccountChanged(new("globex")));
        Assert.Equal(new AccountId("globex"), changed.Timeline.Latest.AccountId);
        changed.When(Day(3), state => ChangeAccount.Decide(state, new(new("globex")))).Nothing();
        changed.When(Day(3), state => WinDeal.Decide(state, new(Date(3), null)))
            .Then(new DealEvent.Won(Date(3)))
            .When(Day(4), state => ChangeAccount.Decide(state, new(new("initech")))).Refused("deal-closed");
    }

    [Fact]
    public void The_name_changes_also_after_it_closed()
    {
        var closed = Open.Given((Day(2), new DealEvent.Won(Date(2))));
        var renamed = closed.When(Day(3), state => RenameDeal.Decide(state, new("Tapes"))).Then(new DealEvent.Renamed("Tapes"));
        Assert.Equal("Tapes", renamed.Timeline.Latest.Name);
        renamed.When(Day(4), state => RenameDeal.Decide(state, new("Tapes"))).Nothing();
    }

    [Fact]
    public void The_forecast_category_changes() => Assert.Equal(
        ForecastCategory.BestCase,
        Open.When(Day(2), state => ChangeForecastCategory.Decide(state, new(ForecastCategory.BestCase)))
            .Then(new DealEvent.ForecastCategoryChanged(ForecastCategory.BestCase))
            .Timeline.Latest.ForecastCategory);

    [Fact]
    public void An_open_deal_is_not_forecast_as_closed() => Open
        .When(Day(2), state => ChangeForecastCategory.Decide(state, new(ForecastCategory.Closed)))
        .Refused("category-closed", "/category");

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_closed_deal_no_longer_changes(Func<Deal, Decision<DealEvent>> change) => Open
        .Given((EndOf(3), Won(3)))
        .When(Day(4), change)
        .Refused("deal-closed");

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_from_before_the_close_is_still_learned(Func<Deal, Decision<DealEvent>> change) => Open
        .Given((EndOf(3), Won(3)))
        .When(Day(2), change)
        .Then([.. change(Open.Timeline.Latest).Events]);

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_deal_that_is_not_open_yet_does_not_change(Func<Deal, Decision<DealEvent>> change) => Open
        .When(Day(1).AddMicroseconds(-1), change)
        .Refused("deal-not-open-yet");
}
