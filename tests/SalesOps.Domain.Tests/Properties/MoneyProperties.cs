using System.Globalization;
using FsCheck.Fluent;
using Xunit;

namespace SalesOps.Domain.Tests.Properties;

public sealed class MoneyProperties
{
    private static readonly string[] SomeCurrencies = ["USD", "JPY", "KWD"];

    [Fact]
    public void Parts_sum_to_the_whole_and_none_is_off_by_a_unit() => Prop.ForAll<int, ushort[], byte>((amount, weights, currency) =>
    {
        if (weights.All(weight => weight == 0))
        {
            return;
        }

        var money = Some(amount, currency);
        var total = weights.Sum(weight => (decimal)weight);
        var parts = money.Allocate([.. weights.Select(weight => (decimal)weight)]);
        Assert.Equal(money, parts.Aggregate((left, right) => left + right));
        Assert.All(parts.Zip(weights), pair => Assert.True(
            Math.Abs(pair.First.Amount - (money.Amount * pair.Second / total)) < Unit(money.Currency)));
        Assert.All(parts.Zip(weights).Where(pair => pair.Second == 0), pair => Assert.Equal(0, pair.First.Amount));
    }).Check();

    [Fact]
    public void Parts_mirror_the_sign_and_weights_have_no_scale() => Prop.ForAll<int, ushort[], byte>((amount, weights, currency) =>
    {
        if (weights.All(weight => weight == 0))
        {
            return;
        }

        var money = Some(amount, currency);
        var parts = money.Allocate([.. weights.Select(weight => (decimal)weight)]);
        Assert.Equal(parts, (money with { Amount = -money.Amount }).Allocate([.. weights.Select(weight => (decimal)weight)])
            .Select(part => part with { Amount = -part.Amount }));
        Assert.Equal(parts, money.Allocate([.. weights.Select(weight => weight / 1000m)]));
        Assert.Equal(parts, money.Allocate([.. weights.Select(weight => weight * 7m)]));
    }).Check();

    [Fact]
    public void Rounding_mirrors_the_sign_and_moves_by_half_a_unit_at_most() => Prop.ForAll<int, byte>((amount, currency) =>
    {
        var money = Some(amount, currency) with { Amount = amount / 10_000m };
        var rounded = money.Rounded();
        Assert.True(rounded.IsExact);
        Assert.Equal(rounded, rounded.Rounded());
        Assert.Equal(-rounded.Amount, (money with { Amount = -money.Amount }).Rounded().Amount);
        Assert.True(Math.Abs(rounded.Amount - money.Amount) <= Unit(money.Currency) / 2);
    }).Check();

    [Fact]
    public void Text_gives_the_same_amount_back_whatever_its_scale() => Prop.ForAll<decimal, byte>((amount, currency) =>
    {
        var money = Some(0, currency) with { Amount = amount };
        Assert.Equal(amount, decimal.Parse(money.AmountText(), NumberStyles.Float, CultureInfo.InvariantCulture));
        Assert.DoesNotContain('E', money.AmountText());
    }).Check();

    private static Money Some(int units, byte currency)
    {
        var code = SomeCurrencies[currency % SomeCurrencies.Length];
        return new Money(units * Unit(code), code);
    }

    private static decimal Unit(string currency) => new(1, 0, 0, false, (byte)Currencies.DecimalsOf(currency));
}
