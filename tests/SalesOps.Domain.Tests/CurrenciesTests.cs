using Xunit;

namespace SalesOps.Domain.Tests;

public sealed class CurrenciesTests
{
    [Theory]
    [InlineData("USD", 2)]
    [InlineData("EUR", 2)]
    [InlineData("XCG", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("ISK", 0)]
    [InlineData("KWD", 3)]
    [InlineData("TND", 3)]
    public void A_currency_has_its_decimals(string code, int decimals)
    {
        Assert.True(Currencies.Exists(code));
        Assert.Equal(decimals, Currencies.DecimalsOf(code));
    }

    [Theory]
    [InlineData("usd")]
    [InlineData("US")]
    [InlineData("XXX")]
    [InlineData("")]
    public void What_is_no_currency_code_does_not_exist(string code) => Assert.False(Currencies.Exists(code));
}
