using System.Text.Json.Nodes;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Compensation;

/// <summary>The engine through the front door: published examples, and what it refuses.</summary>
public sealed class CalculateApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    private const string Flat10 = """{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.10"}]}""";

    [Fact]
    public async Task The_answer_has_every_member_of_the_contract()
    {
        var answer = await CalculateAsync($$"""
            {"plan":{{Plan("""{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.10"},{"from":"10000","rate":"0.20"}]}""")}},
             "quota":{{Usd("50000")}},"targetVariable":{{Usd("5000")}},
             "credits":[{{Credit("d1", "2026-01-15", "15000")}}],"periods":["2026-01"]}
            """);
        Assert.Equal(
            ("d1", "base", "marginal", "2000.00", "USD"),
            (answer["periods.0.lines.0.creditId"], answer["periods.0.lines.0.component"], answer["periods.0.lines.0.rule"],
                answer["periods.0.lines.0.amount.amount"], answer["periods.0.lines.0.amount.currency"]));
        Assert.Equal(("15000", "0.133333"), (answer["periods.0.lines.0.inputs.credited"], answer["periods.0.lines.0.inputs.rate"]));
        Assert.Equal(("2026-01", "0.3"), (answer["periods.0.period"], answer["periods.0.components.0.attainment"]));
        foreach (var (member, amount) in new[]
        {
            ("credited", "15000.00"), ("earned", "2000.00"), ("held", "0.00"), ("released", "0.00"), ("clawback", "0.00"),
            ("clawbackBalance", "0.00"), ("drawTopUp", "0.00"), ("drawRecovered", "0.00"), ("drawBalance", "0.00"), ("paid", "2000.00"),
        })
        {
            Assert.Equal(amount, answer[$"periods.0.{member}.amount"]);
        }

        Assert.Equal("2000.00", answer["total.amount"]);
    }

    [Theory]
    [InlineData("marginal", "amount", "0:0.03 300000:0.05 500000:0.07", "600000", "26000.00")]
    [InlineData("marginal", "amount", "0:0.5 100000:0.6", "180000", "98000.00")]
    [InlineData("retroactive", "amount", "0:0.5 100000:0.6", "180000", "108000.00")]
    [InlineData("marginal", "attainment", "0:0 0.5:0.08 1:0.12 1.25:0.15", "325000", "19375.00", "250000")]
    [InlineData("marginal", "amount", "0:0.05 50000:0.08", "45000 15000", "3300.00")]
    [InlineData("wholeDeal", "amount", "0:0.05 50000:0.08", "45000 15000", "3450.00")]
    [InlineData("marginal", "attainment", "0:0.03 1:0.05", "104000", "3200.00", "100000")]
    [InlineData("retroactive", "attainment", "0:0.03 1:0.05", "104000", "5200.00", "100000")]
    public async Task Tiers(string kind, string unit, string tiers, string amounts, string total, string? quota = null)
    {
        var table = string.Join(',', tiers.Split(' ').Select(tier => tier.Split(':'))
            .Select(tier => $$"""{"from":"{{tier[0]}}","rate":"{{tier[1]}}"}"""));
        var credits = string.Join(',', amounts.Split(' ')
            .Select((amount, index) => Credit($"d{index}", $"2026-01-1{index}", amount)));
        var answer = await CalculateAsync($$"""
            {"plan":{{Plan($$"""{"kind":"{{kind}}","unit":"{{unit}}","tiers":[{{table}}]}""")}},"credits":[{{credits}}],
             {{(quota is null ? string.Empty : $"\"quota\":{Usd(quota)},")}}"periods":["2026-01"]}
            """);
        Assert.Equal(total, answer["total.amount"]);
    }

    [Fact]
    public async Task Multipliers_curves_and_caps()
    {
        var multiplied = await CalculateAsync($$"""
            {"plan":{{Plan("""{"kind":"marginal","unit":"attainment","tiers":[{"from":"0","multiplier":"1"},{"from":"1","multiplier":"1.5"}]}""")}},
             "quota":{{Usd("500000")}},"targetVariable":{{Usd("100000")}},
             "credits":[{{Credit("d1", "2026-01-15", "650000")}}],"periods":["2026-01"]}
            """);
        Assert.Equal("145000.00", multiplied["total.amount"]);

        foreach (var (sold, pay) in new[] { ("85000", "5000.00"), ("120000", "14000.00"), ("300000", "20000.00") })
        {
            var curved = await CalculateAsync($$"""
                {"plan":{"name":"Curve","currency":"USD","period":"month","payOn":"booking","components":[{"id":"base",
                  "measure":"bookings","payCurve":{"points":[
                    {"attainment":"0.7","pay":"0"},{"attainment":"1","pay":"1"},{"attainment":"1.5","pay":"2"}]} }]},
                 "quota":{{Usd("100000")}},"targetVariable":{{Usd("10000")}},
                 "credits":[{{Credit("d1", "2026-01-15", sold)}}],"periods":["2026-01"]}
                """);
            Assert.Equal(pay, curved["total.amount"]);
        }

        foreach (var cap in new[] { "\"10000\"", Usd("10000") })
        {
            var capped = await CalculateAsync($$"""
                {"plan":{"name":"Capped","currency":"USD","period":"month","payOn":"booking","components":[{"id":"base",
                  "measure":"bookings","rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.03"}]},
                  "caps":{"period":{{cap}} } }]},
                 "credits":[{{Credit("d1", "2026-01-15", "400000")}}],"periods":["2026-01"]}
                """);
            Assert.Equal(("10000.00", "2000.00"), (capped["total.amount"], capped["periods.0.lines.0.foregone.amount"]));
        }
    }

    [Fact]
    public async Task An_order_with_enough_units_wins_the_reward_each_time()
    {
        var answer = await CalculateAsync($$"""
            {"plan":{{Plan(Flat10, $$"""
              "spiffs":[{"id":"scan","from":"2026-01-01","to":"2026-04-01","reward":{{Usd("250")}},
                "trigger":{"kind":"perOrder","productId":"scanner","minQuantity":10} }]
              """)}},
             "credits":[{"id":"d1","on":"2026-01-05","amount":{{Usd("0")}},"units":"12"},
               {"id":"d2","on":"2026-01-06","amount":{{Usd("0")}},"units":"9"},
               {"id":"d3","on":"2026-01-07","amount":{{Usd("0")}},"units":"10"}],"periods":["2026-01"]}
            """);
        Assert.Equal("500.00", answer["total.amount"]);
        Assert.Equal(
            ("d1", "scan", "spiff"),
            (answer["periods.0.lines.0.creditId"], answer["periods.0.lines.0.component"], answer["periods.0.lines.0.rule"]));
    }

    [Fact]
    public async Task A_recoverable_guarantee_over_six_months()
    {
        string[] earned = ["2750", "3000", "1500", "2375", "3000", "2750"];
        var credits = string.Join(',', earned.Select((amount, index) => Credit($"d{index}", $"2026-0{index + 1}-15", amount + "0")));
        var answer = await CalculateAsync($$"""
            {"plan":{{Plan(Flat10, $$"""
              "draw":{"kind":"guarantee","recoverable":true,"amount":{{Usd("2000")}} }
              """)}},
             "credits":[{{credits}}],"periods":["2026-01","2026-02","2026-03","2026-04","2026-05","2026-06"]}
            """);
        Assert.Equal(
            ["2750.00", "3000.00", "2000.00", "2000.00", "2875.00", "2750.00"],
            Enumerable.Range(0, 6).Select(index => answer[$"periods.{index}.paid.amount"]));
        Assert.Equal(
            ["0.00", "0.00", "500.00", "125.00", "0.00", "0.00"],
            Enumerable.Range(0, 6).Select(index => answer[$"periods.{index}.drawBalance.amount"]));
    }

    [Fact]
    public async Task Splits_sum_exactly()
    {
        foreach (var (percent, pay) in new[] { ("70", "5600.00"), ("30", "2400.00") })
        {
            var answer = await CalculateAsync($$"""
                {"plan":{{Plan(Flat10)}},"periods":["2026-01"],
                 "credits":[{"id":"d1","on":"2026-01-15","amount":{{Usd("80000")}},"percent":"{{percent}}"}]}
                """);
            Assert.Equal(pay, answer["total.amount"]);
        }

        foreach (var (rep, pay) in new[] { ("ann", "0.04"), ("bo", "0.01") })
        {
            var answer = await CalculateAsync($$"""
                {"plan":{{Plan(Flat10.Replace("0.10", "1", StringComparison.Ordinal))}},"periods":["2026-01"],"repId":"{{rep}}",
                 "credits":[{"id":"d1","on":"2026-01-15","amount":{{Usd("0.05")}},
                   "splits":[{"repId":"ann","percent":"70"},{"repId":"bo","percent":"30"}]}]}
                """);
            Assert.Equal(pay, answer["total.amount"]);
        }

        var parts = string.Join(',', new[] { "72.68", "10.93", "2.73", "13.66" }
            .Select(percent => $$"""{"id":"d1","on":"2026-01-15","amount":{{Usd("1000")}},"percent":"{{percent}}"}"""));
        Assert.Equal("100.00", (await CalculateAsync(
            $$"""{"plan":{{Plan(Flat10)}},"periods":["2026-01"],"credits":[{{parts}}]}"""))["total.amount"]);
    }

    [Fact]
    public async Task Pay_on_cash_and_clawback_of_what_was_paid()
    {
        var answer = await CalculateAsync($$"""
            {"plan":{{Plan(Flat10, """
              "payOn":"cash","clawback":{"method":"full","ratePolicy":"original","attainmentEffect":false}
              """, payOn: null)}},
             "credits":[{"id":"d1","on":"2026-01-15","amount":{{Usd("1000000")}},"collected":[
                {"on":"2026-01-20","amount":{{Usd("500000")}}},{"on":"2026-02-20","amount":{{Usd("500000")}}}]},
              {"id":"d2","on":"2026-01-16","amount":{{Usd("10000")}},"collected":[{"on":"2026-01-20","amount":{{Usd("5000")}}}],
               "cancelledOn":"2026-03-01"}],
             "periods":["2026-01","2026-02","2026-03"]}
            """);
        Assert.Equal(
            ["50500.00", "50000.00", "0.00"], Enumerable.Range(0, 3).Select(index => answer[$"periods.{index}.paid.amount"]));
        Assert.Equal(("500.00", "500.00"), (answer["periods.2.clawback.amount"], answer["periods.2.clawbackBalance.amount"]));
    }

    [Fact]
    public async Task Foreign_credits_take_the_rate_of_their_date()
    {
        var rates = """[{"base":"USD","quote":"AUD","from":"2026-01-01","rate":"1.39"},{"base":"USD","quote":"AUD","from":"2026-02-01","rate":"1.42"}]""";
        var answer = await CalculateAsync($$"""
            {"plan":{{Plan(Flat10).Replace("\"USD\"", "\"AUD\"", StringComparison.Ordinal)}},"rates":{{rates}},
             "credits":[{{Credit("d1", "2026-01-31", "1000")}},{{Credit("d2", "2026-02-01", "1000")}}],"periods":["2026-01","2026-02"]}
            """);
        Assert.Equal(("139.00", "142.00"), (answer["periods.0.paid.amount"], answer["periods.1.paid.amount"]));
        Assert.Equal("1.39", answer["periods.0.lines.0.inputs.fxRate"]);
        Assert.Equal("USD-AUD-2026-01-01", answer["periods.0.lines.0.inputs.fxRateIds.0"]);
    }

    [Theory]
    [InlineData("/plan/components/0/rates/tiers/0/rate", "0.1", 400, "wrong-type", "/plan/components/0/rates/tiers/0/rate")]
    [InlineData("/plan/components/0/rates/tiers/0/from", "\"10\"", 422, "tier-gap", "/plan/components/0/rates/tiers/0/from")]
    [InlineData(
        "/plan/components/0/rates/tiers", """[{"from":"0","rate":"0.1"},{"from":"500","rate":"0.2"},{"from":"400","rate":"0.3"}]""",
        422, "tiers-order", "/plan/components/0/rates/tiers/2/from")]
    [InlineData(
        "/plan/components/0/rates/tiers", """[{"from":"0","rate":"0.1"},{"from":"0","rate":"0.3"}]""",
        422, "tiers-overlap", "/plan/components/0/rates/tiers/1/from")]
    [InlineData("/plan/components/0/rates/tiers", "[]", 422, "list-length", "/plan/components/0/rates/tiers")]
    [InlineData("/plan/components/0/rates/unit", "\"attainment\"", 422, "quota-missing", "/quota")]
    [InlineData("/plan/components/0/rates/tiers/0", """{"from":"0","multiplier":"1"}""", 422, "target-variable-missing", "/targetVariable")]
    [InlineData("/plan/surprise", "1", 400, "unknown-member", "/plan/surprise")]
    [InlineData("/credits/0/amount/currency", "\"EUR\"", 422, "rate-missing", "/credits/0/amount")]
    [InlineData("/credits/0/percent", "\"101\"", 422, "percent-range", "/credits/0/percent")]
    [InlineData("/credits/0/cancelledOn", "\"2026-01-01\"", 422, "cancelled-before-credit", "/credits/0/cancelledOn")]
    [InlineData("/credits/0/splits", """[{"repId":"a","percent":"70"},{"repId":"b","percent":"31"}]""", 422, "splits-sum", "/credits/0/splits")]
    [InlineData("/periods/0", "\"2026-13\"", 422, "period-unknown", "/periods/0")]
    [InlineData("/periods", "[]", 422, "periods-count", "/periods")]
    [InlineData("/rates", """[{"base":"EUR","quote":"USD","from":"2026-01-01","rate":"0"}]""", 422, "rate-range", "/rates/0/rate")]
    [InlineData("/quota", """{"amount":"5","currency":"EUR"}""", 422, "currency-other", "/quota/currency")]
    public async Task Bad_input_is_named(string place, string value, int status, string code, string pointer)
    {
        var body = JsonNode.Parse($$"""
            {"plan":{{Plan(Flat10)}},"credits":[{{Credit("d1", "2026-01-15", "1000")}}],"periods":["2026-01"]}
            """)!;
        (await api.PostAsync("/v1/compensation/calculate", body.ToJsonString())).Expect(200);
        var path = place[1..].Split('/');
        var parent = path[..^1].Aggregate(body, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        if (int.TryParse(path[^1], out var last))
        {
            parent[last] = JsonNode.Parse(value);
        }
        else
        {
            parent[path[^1]] = JsonNode.Parse(value);
        }

        var answer = (await api.PostAsync("/v1/compensation/calculate", body.ToJsonString())).Expect(status);
        Assert.Equal((code, pointer), (answer["code"], answer["errors.0.pointer"]));
    }

    [Fact]
    public async Task Parts_of_a_deal_above_the_whole_are_refused()
    {
        var parts = string.Join(',', new[] { "70", "31" }
            .Select(percent => $$"""{"id":"d1","on":"2026-01-15","amount":{{Usd("1000")}},"percent":"{{percent}}"}"""));
        var answer = (await api.PostAsync(
            "/v1/compensation/calculate", $$"""{"plan":{{Plan(Flat10)}},"periods":["2026-01"],"credits":[{{parts}}]}""")).Expect(422);
        Assert.Equal(("splits-sum", "/credits/1/percent"), (answer["code"], answer["errors.0.pointer"]));
    }

    private async Task<ApiAnswer> CalculateAsync(string body) => (await api.PostAsync("/v1/compensation/calculate", body)).Expect(200);

    private static string Plan(string rates, string? more = null, string? payOn = "booking") => $$"""
        {"name":"Plan","currency":"USD","period":"month","components":[{"id":"base","measure":"bookings","rates":{{rates}}}]
         {{(payOn is null ? string.Empty : $",\"payOn\":\"{payOn}\"")}}{{(more is null ? string.Empty : "," + more)}}}
        """;

    private static string Usd(string amount) => $$"""{"amount":"{{amount}}","currency":"USD"}""";

    private static string Credit(string id, string on, string amount) => $$"""{"id":"{{id}}","on":"{{on}}","amount":{{Usd(amount)}}}""";
}
