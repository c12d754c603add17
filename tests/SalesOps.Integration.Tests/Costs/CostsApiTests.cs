using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Costs;

/// <summary>What customers cost and bring, and how long reps ramp, through the front door.</summary>
public sealed class CostsApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_new_customer_costs_what_was_spent_over_the_accounts_that_first_bought()
    {
        await PostAsync("/v1/costs", """{"id":"c1","kind":"sales","period":"2011-Q1","amount":{"amount":"9000","currency":"USD"}}""");
        await PostAsync("/v1/costs", """{"kind":"marketing","period":"2011-02","amount":{"amount":"3000","currency":"USD"}}""");
        foreach (var (deal, account, month) in new[] { ("x1", "new1", 1), ("x2", "new2", 3), ("x3", "new1", 3), ("x4", "old", 2) })
        {
            await WinAsync(deal, account, "s", $"2011-0{month}-10");
        }

        await WinAsync("x0", "old", "s", "2010-05-10");
        var cac = await AskAsync("/v1/metrics/cac?from=2011-01-01&to=2011-04-01");
        Assert.Equal(
            ("12000.00", "2", "6000.00"), (cac["items.0.cost.amount"], cac["items.0.newCustomers"], cac["items.0.cac.amount"]));
        Assert.Equal("2800.00", (await AskAsync("/v1/metrics/cac?from=2011-02-01&to=2011-03-01"))["items.0.sales.amount"]);
        Assert.Equal("no-denominator", (await AskAsync("/v1/metrics/cac?from=2011-02-01&to=2011-03-01"))["items.0.reason"]);
        Assert.Equal("no-costs", (await AskAsync("/v1/metrics/cac?from=2001-02-01&to=2001-03-01"))["items.0.reason"]);

        const string other = """{"id":"c1","kind":"sales","period":"2011-Q1","amount":{"amount":"1","currency":"USD"}}""";
        Assert.Equal("cost-exists", (await api.PostAsync("/v1/costs", other)).Expect(409)["code"]);
        const string unknown = """{"kind":"sales","period":"2011-Q7","amount":{"amount":"1","currency":"USD"}}""";
        Assert.Equal("period-unknown", (await api.PostAsync("/v1/costs", unknown)).Expect(422)["errors.0.code"]);
    }

    [Fact]
    public async Task A_cost_that_was_wrong_is_corrected_and_the_old_answer_stays_to_be_asked()
    {
        await PostAsync("/v1/costs", """
            {"id":"wrong","kind":"sales","period":"2013-Q1","amount":{"amount":"900","currency":"USD"} }
            """);
        await WinAsync("w1", "customer13", "s", "2013-02-10");
        const string cac = "/v1/metrics/cac?from=2013-01-01&to=2013-04-01";
        var before = await AskAsync(cac);
        Assert.Equal("900.00", before["items.0.cac.amount"]);
        var history = (await api.GetAsync("/v1/costs/wrong/history")).Expect(200);
        Assert.Equal("cost_recorded", history["items.0.type"]);
        await PostAsync("/v1/costs/wrong/corrections", $$"""
            {"eventId":"{{history["items.0.eventId"]}}","reason":"two noughts",
             "replacement":{"data":{"amount":{"amount":"90","currency":"USD"} } } }
            """);
        Assert.Equal("90.00", (await AskAsync(cac))["items.0.cac.amount"]);
        var again = await api.GetAsync($"{cac}&asOf={before["asOf.validAt"]}&knownAt={before["asOf.knownAt"]}");
        Assert.Equal(before.Text, again.Text);
        Assert.Contains("\"id\":\"wrong\",\"kind\":\"sales\",\"from\":\"2013-01-01\",\"to\":\"2013-04-01\"",
            (await AskAsync("/v1/costs?limit=200")).Text, StringComparison.Ordinal);

        // Taken back without another in its place, nothing was spent.
        var latest = (await api.GetAsync("/v1/costs/wrong/history")).Expect(200);
        await PostAsync("/v1/costs/wrong/corrections", $$"""
            {"eventId":"{{latest["items.1.eventId"]}}","reason":"was never paid"}
            """);
        Assert.Equal("no-costs", (await AskAsync(cac))["items.0.reason"]);
        (await api.GetAsync("/v1/costs/nothing/history")).Expect(404);
    }

    [Fact]
    public async Task Given_inputs_give_the_value_and_the_payback_and_missing_ones_their_reasons()
    {
        var ltv = await AskAsync("/v1/metrics/ltv?arpa=500&grossMargin=0.75&churn=0.025&cac=6000");
        Assert.Equal(("15000.00", "2.5", "16"), (ltv["ltv.amount"], ltv["ltvToCac"], ltv["payback"]));
        var none = await AskAsync("/v1/metrics/ltv?from=2001-01-01&to=2001-04-01");
        Assert.Equal((null, "no-contracts", "no-costs"), (none["ltv"], none["reason"], none["paybackReason"]));
        (await api.GetAsync("/v1/metrics/ltv?arpa=1e3")).Expect(400);
        (await api.GetAsync("/v1/metrics/ltv?currency=XXX")).Expect(422);
    }

    [Fact]
    public async Task A_rep_ramps_by_three_definitions()
    {
        await PostAsync("/v1/reps", """{"id":"new12","name":"New","hiredOn":"2012-01-10","effectiveAt":"2012-01-10"}""");
        foreach (var (month, amount) in new[] { (1, "120"), (2, "10"), (3, "80"), (4, "90") })
        {
            await PostAsync("/v1/quotas", $$"""
                {"repId":"new12","period":"2012-0{{month}}","amount":{"amount":"100","currency":"USD"} }
                """);
            await WinAsync($"r{month}", "acme", "new12", $"2012-0{month}-20", amount);
        }

        const string path = "/v1/metrics/ramp?asOf=2012-06-30&from=2012-01-01&to=2012-02-01";
        var sustained = await AskAsync(path);
        Assert.Equal(
            ("new12", "2012-03", "2", "82"),
            (sustained["items.0.key"], sustained["items.0.period"], sustained["items.0.periods"], sustained["items.0.days"]));
        Assert.Equal("2012-01", (await AskAsync(path + "&definition=firstFull"))["items.0.period"]);
        Assert.Equal("not-ramped-yet", (await AskAsync(path + "&k=3"))["items.0.reason"]);
        var cycle = await AskAsync(path + "&definition=cyclePlus90");
        Assert.Equal(cycle["mean"], cycle["items.0.days"]);
        (await api.GetAsync("/v1/metrics/ramp?k=0")).Expect(422);
    }

    private async Task WinAsync(string deal, string account, string owner, string on, string amount = "100")
    {
        await PostAsync("/v1/deals", $$"""
            {"id":"{{deal}}","name":"D","accountId":"{{account}}","ownerId":"{{owner}}",
             "amount":{"amount":"{{amount}}","currency":"USD"},"effectiveAt":"{{on[..4]}}-01-01"}
            """);
        await PostAsync($"/v1/deals/{deal}/win", $$"""{"closedOn":"{{on}}"}""");
    }

    private async Task PostAsync(string path, string body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, $"{answer.Status}: {answer.Text}");
    }

    private async Task<ApiAnswer> AskAsync(string path)
    {
        var head = await api.PostAsync("/v1/accounts", $$"""{"id":"a{{Guid.CreateVersion7()}}","name":"head"}""");
        return (await api.GetAsync(
            $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={head["position"]}")).Expect(200);
    }
}
