using SalesOps.Domain.Deals;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Deals;

public sealed class ChangeProductsTests
{
    private static readonly Spec<Deal, DealEvent> Open = Spec.For(Deal.Decider).Given((Day(1), Opened(amount: Usd(100))));

    [Fact]
    public void A_deal_is_about_products() => Open
        .When(Day(2), Set(new(Disc, 2, Usd(9.99m)), new(Tape, 0.5m)))
        .Then(new DealEvent.ProductsChanged([new(Disc, 2, Usd(9.99m)), new(Tape, 0.5m)]));

    [Fact]
    public void The_lines_it_has_already_come_to_nothing() => Open
        .Given((Day(2), new DealEvent.ProductsChanged([new(Disc, 2)])))
        .When(Day(3), Set(new ProductLine(Disc, 2.0m)))
        .Nothing();

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1000000000.1")]
    public void A_quantity_is_above_0_and_at_most_a_billion(string quantity) => Open
        .When(Day(2), Set(new(Disc, 1), new(Tape, decimal.Parse(quantity))))
        .Refused("quantity-range", "/lines/1/quantity");

    [Fact]
    public void A_price_is_not_negative() => Open
        .When(Day(2), Set(new ProductLine(Disc, 1, Usd(-1))))
        .Refused("price-negative", "/lines/0/price");

    [Fact]
    public void Without_products_the_amount_belongs_to_none() => Assert.Empty(Open.Timeline.Latest.AmountByProduct());

    [Fact]
    public void The_amount_is_shared_by_the_value_of_the_lines() => Assert.Equal(
        [(Disc, Usd(75)), (Tape, Usd(25))],
        AmountsOf(new(Tape, 1, Usd(10)), new(Disc, 1, Usd(10)), new(Disc, 2, Usd(10))));

    [Fact]
    public void A_free_line_gets_nothing_of_it() =>
        Assert.Equal([(Disc, Usd(100)), (Tape, Usd(0))], AmountsOf(new(Disc, 1, Usd(10)), new(Tape, 9, Usd(0))));

    [Fact]
    public void Where_a_price_is_missing_it_is_shared_by_quantity() =>
        Assert.Equal([(Disc, Usd(66.67m)), (Tape, Usd(33.33m))], AmountsOf(new(Disc, 2, Usd(1)), new(Tape, 1)));

    [Fact]
    public void Prices_in_different_currencies_do_not_weigh() =>
        Assert.Equal([(Disc, Usd(50)), (Tape, Usd(50))], AmountsOf(new(Disc, 1, Usd(1)), new(Tape, 1, new(99, "EUR"))));

    [Fact]
    public void A_deal_without_amount_has_none_by_product() => Assert.Equal(
        [(Disc, null)],
        Spec.For(Deal.Decider).Given((Day(1), Opened()), (Day(2), new DealEvent.ProductsChanged([new(Disc, 1)])))
            .Timeline.Latest.AmountByProduct());

    private static IEnumerable<(ProductId ProductId, Money? Amount)> AmountsOf(params IReadOnlyList<ProductLine> lines) =>
        Open.Given((Day(2), new DealEvent.ProductsChanged(lines))).Timeline.Latest.AmountByProduct();

    private static Func<Deal, Decision<DealEvent>> Set(params IReadOnlyList<ProductLine> lines) =>
        state => ChangeProducts.Decide(state, new(lines));
}
