using SalesOps.Domain.Products;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Products;

public sealed class RegisterProductTests
{
    private static readonly ProductEvent.Registered Known = new("Disc", Usd(9.99m), "Optical");

    [Fact]
    public void A_product_is_registered() => Assert.Equal(
        Known,
        Spec.For(Product.Decider).When(Day(1), As("Disc", 9.99m)).Then(Known).Timeline.Latest.Registration);

    [Fact]
    public void The_same_again_comes_to_nothing() => Spec.For(Product.Decider)
        .Given((Day(1), Known))
        .When(Day(2), As("Disc", 9.990m))
        .Nothing();

    [Fact]
    public void Another_one_under_the_same_id_is_a_conflict() => Spec.For(Product.Decider)
        .Given((Day(1), Known))
        .When(Day(2), As("Disc", 10))
        .Refused("product-exists");

    [Fact]
    public void A_price_is_money_of_its_currency()
    {
        Spec.For(Product.Decider).When(Day(1), As("Disc", -1)).Refused("price-negative", "/listPrice");
        Spec.For(Product.Decider).When(Day(1), As("Disc", 9.999m)).Refused("price-decimals", "/listPrice");
    }

    private static Func<Product, Decision<ProductEvent>> As(string name, decimal price) =>
        state => RegisterProduct.Decide(state, new(name, Usd(price), "Optical"));
}
