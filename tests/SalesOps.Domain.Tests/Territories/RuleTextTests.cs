using SalesOps.Domain.Territories;
using Xunit;

namespace SalesOps.Domain.Tests.Territories;

public sealed class RuleTextTests
{
    [Theory]
    [InlineData("country", "in", "DE", "Austria")]
    [InlineData("account", "notIn", "acme")]
    [InlineData("employees", "between", "100", "500")]
    [InlineData("revenue", "atLeast", "1000000.50")]
    [InlineData("revenue", "below", "1000000 EUR")]
    public void A_rule_is_read(string field, string op, params string[] values) =>
        Assert.Null(RuleText.Read([new(field, op, values)], "/rules").Rejection);

    [Theory]
    [InlineData("field-unknown", "/field", "shoeSize", "in", "44")]
    [InlineData("field-unknown", "/field", "Country", "in", "DE")]
    [InlineData("op-unknown", "/op", "country", "like", "D%")]
    [InlineData("op-unknown", "/op", "country", "atLeast", "DE")]
    [InlineData("op-unknown", "/op", "employees", "in", "12")]
    [InlineData("values-count", "/values", "country", "in")]
    [InlineData("values-count", "/values", "employees", "below")]
    [InlineData("values-count", "/values", "employees", "below", "1", "2")]
    [InlineData("values-count", "/values", "revenue", "between", "1")]
    [InlineData("value-empty", "/values/1", "country", "in", "DE", " ")]
    [InlineData("value-unreadable", "/values/0", "account", "in", "not an id")]
    [InlineData("value-unreadable", "/values/0", "employees", "atLeast", "12.5")]
    [InlineData("value-unreadable", "/values/0", "employees", "atLeast", "many")]
    [InlineData("value-unreadable", "/values/0", "revenue", "atLeast", "1e6")]
    [InlineData("value-unreadable", "/values/0", "revenue", "atLeast", "-1")]
    [InlineData("value-unreadable", "/values/0", "revenue", "atLeast", "1000 XXZ")]
    [InlineData("range-empty", "/values", "employees", "between", "500", "500")]
    [InlineData("range-empty", "/values", "revenue", "between", "1 EUR", "2 USD")]
    public void A_rule_that_cannot_be_read_says_where(string code, string place, string field, string op, params string[] values)
    {
        var (_, rejection) = RuleText.Read([new("country", "in", ["DE"]), new(field, op, values)], "/rules");
        Assert.Equal((code, "/rules/1" + place), (rejection!.Code, rejection.Pointer));
    }

    [Fact]
    public void Rules_and_values_have_an_end()
    {
        var rule = new RuleText("country", "in", ["DE"]);
        Assert.Equal("rules-too-many", RuleText.Read([.. Enumerable.Repeat(rule, RuleText.RulesMax + 1)], "/rules").Rejection!.Code);
        var values = Enumerable.Repeat("DE", RuleText.ValuesMax + 1).ToArray();
        Assert.Equal("values-count", RuleText.Read([rule with { Values = values }], "/rules").Rejection!.Code);
    }
}
