using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("12.5", "USD", "12.50")]
    [InlineData("12.500", "USD", "12.50")]
    [InlineData("0", "USD", "0.00")]
    [InlineData("-0.5", "USD", "-0.50")]
    [InlineData("1234567890123.45", "USD", "1234567890123.45")]
    [InlineData("12.3456789", "USD", "12.3456789")]
    [InlineData("1234", "JPY", "1234")]
    [InlineData("1234.0", "JPY", "1234")]
    [InlineData("1.5", "KWD", "1.500")]
    [InlineData("79228162514264337593543950335", "JPY", "79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001", "USD", "0.0000000000000000000000000001")]
    public void An_amount_is_written_plainly_with_the_decimals_of_its_currency(string amount, string currency, string text)
    {
        var money = new Money(decimal.Parse(amount), currency);
        Assert.Equal(text, money.AmountText());
        Assert.Equal($"{text} {currency}", money.ToString());
    }

    [Fact]
    public void A_zero_that_comes_of_a_negative_amount_has_no_sign()
    {
        Assert.Equal("0.00", Usd(-0.001m).Rounded().AmountText());
        Assert.Equal(["-0.01", "0.00"], Usd(-0.01m).Allocate([1, 0]).Select(part => part.AmountText()));
    }

    [Fact]
    public void Equal_amounts_are_equal_money() => Assert.Equal(Usd(12.5m), Usd(12.500m));

    [Theory]
    [InlineData("0.005", "USD", "0.01")]
    [InlineData("-0.005", "USD", "-0.01")]
    [InlineData("0.015", "USD", "0.02")]
    [InlineData("0.025", "USD", "0.03")]
    [InlineData("0.0249999", "USD", "0.02")]
    [InlineData("0.5", "JPY", "1")]
    [InlineData("-2.5", "JPY", "-3")]
    [InlineData("1.0005", "BHD", "1.001")]
    public void It_is_rounded_half_away_from_zero(string amount, string currency, string rounded) =>
        Assert.Equal(new Money(decimal.Parse(rounded), currency), new Money(decimal.Parse(amount), currency).Rounded());

    [Fact]
    public void An_exact_amount_has_no_more_decimals_than_its_currency()
    {
        Assert.True(Usd(1.2300m).IsExact);
        Assert.False(Usd(1.234m).IsExact);
        Assert.False(new Money(0.5m, "JPY").IsExact);
        Assert.True(new Money(0.125m, "TND").IsExact);
    }

    [Fact]
    public void Money_of_one_currency_adds_up()
    {
        Assert.Equal(Usd(3.5m), Usd(1.25m) + Usd(2.25m));
        Assert.Equal(Usd(-1), Usd(1.25m) - Usd(2.25m));
    }

    [Fact]
    public void Money_of_two_currencies_does_not()
    {
        Assert.Throws<InvalidOperationException>(() => Usd(1) + new Money(1, "EUR"));
        Assert.Throws<InvalidOperationException>(() => Usd(1) - new Money(1, "EUR"));
    }

    [Theory]
    [InlineData("0.05", "70 30", "0.04 0.01")]
    [InlineData("0.05", "30 70", "0.02 0.03")]
    [InlineData("8.00", "1 1 1", "2.67 2.67 2.66")]
    [InlineData("8000", "70 30", "5600 2400")]
    [InlineData("-0.05", "70 30", "-0.04 -0.01")]
    [InlineData("100", "72.68 10.93 2.73 13.66", "72.68 10.93 2.73 13.66")]
    [InlineData("0", "1 2", "0 0")]
    [InlineData("10", "0 1 0", "0 10 0")]
    [InlineData("0.02", "4 1 1", "0.02 0 0")]
    [InlineData("0.02", "0.4 0.10 0.1", "0.02 0 0")]
    [InlineData("999999999999999", "0.0000000000000000000000000001 79228162514264337593543950335", "0 999999999999999")]
    public void It_is_allocated_by_largest_remainder_and_ties_go_to_the_earlier(string amount, string weights, string parts) =>
        Assert.Equal(Numbers(parts).Select(Usd), Usd(decimal.Parse(amount)).Allocate(Numbers(weights)));

    [Fact]
    public void It_is_allocated_in_the_smallest_unit_of_its_currency() => Assert.Equal(
        [new Money(34, "JPY"), new Money(33, "JPY"), new Money(33, "JPY")], new Money(100, "JPY").Allocate([1, 1, 1]));

    [Theory]
    [InlineData("")]
    [InlineData("0 0")]
    [InlineData("2 -1")]
    public void Weights_that_share_nothing_out_are_a_programmers_error(string weights) =>
        Assert.Throws<ArgumentException>(() => Usd(1).Allocate(Numbers(weights)));

    private static decimal[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => decimal.Parse(number))];
}
