using Xunit;

namespace SalesOps.Integration.Tests.Audit;

/// <summary>What auditors ask about numbers: where they come from, why they changed, who could have helped them along.</summary>
public sealed class ReplayTests(AuditHost api) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task Numbers_are_computed_again_and_explained_and_a_doctored_table_is_found()
    {
        await PostAsync("/v1/deals", Deal("d1", "100.00"));
        await PostAsync("/v1/deals", Deal("d2", "50.00"));
        var before = await PostAsync("/v1/deals/d2/amount", """{"amount":{"amount":"60.00","currency":"EUR"},"effectiveAt":"2026-01-03"}""");
        var knownFrom = (await api.GetAsync($"/v1/pipeline?minPosition={before}")).Expect(200)["asOf.knownAt"];
        await PostAsync("/v1/deals/d1/amount", """{"amount":{"amount":"120.00","currency":"EUR"},"effectiveAt":"2026-01-05"}""");
        await PostAsync("/v1/deals", Deal("d3", "7.00"));
        await PostAsync("/v1/deals/d2/lose", """{"closedOn":"2026-02-01","reason":"price"}""");
        var after = await PostAsync("/v1/deals/d3/win", """{"closedOn":"2026-02-02"}""");
        var knownTo = (await api.GetAsync($"/v1/pipeline?minPosition={after}")).Expect(200)["asOf.knownAt"];

        var pipeline = (await api.GetAsync($"/v1/audit/diff?what=pipeline&knownFrom={knownFrom}&knownTo={knownTo}")).Expect(200);
        Assert.Equal(("2", "160.00"), (pipeline["before.deals"], pipeline["before.amounts.0.amount"]));
        Assert.Equal(("1", "120.00"), (pipeline["after.deals"], pipeline["after.amounts.0.amount"]));
        Assert.Equal(
            ["deal_amount_changed 20.00", "deal_opened 7.00", "deal_lost -60.00", "deal_won -7.00"],
            pipeline.Json.GetProperty("causes").EnumerateArray().Select(cause =>
                $"{cause.GetProperty("type").GetString()} {cause.GetProperty("amounts")[0].GetProperty("amount").GetString()}"));
        Assert.Equal(("0", "[]"), (pipeline["unexplained.deals"], pipeline["unexplained.amounts"]));
        var bookings = (await api.GetAsync(
            $"/v1/audit/diff?what=bookings&from=2026-02-01&to=2026-03-01&knownFrom={knownFrom}&knownTo={knownTo}")).Expect(200);
        Assert.Equal(("1", "deal_won", "[]"), (bookings["difference.deals"], bookings["causes.0.type"], bookings["unexplained.amounts"]));
        Assert.Equal("range-reversed", (await api.GetAsync(
            $"/v1/audit/diff?what=pipeline&knownFrom={knownTo}&knownTo={knownFrom}")).Expect(422)["code"]);
        (await api.GetAsync("/v1/audit/diff?what=pipeline&knownFrom=2026-01-01")).Expect(400);

        foreach (var scope in (string[])["""{"scope":"snapshot","asOf":"2026-01-20"}""", """{"scope":"projection"}"""])
        {
            var sound = (await api.PostAsync("/v1/audit/replay", scope)).Expect(200);
            Assert.Equal(("true", after), (sound["ok"], sound["position"]));
            Assert.NotEqual("0", sound["checked"]);
        }

        await api.TamperAsync("update deal_facts set amount = 9000 where deal_id = 'd1' and amount = 120");
        var snapshot = (await api.PostAsync("/v1/audit/replay", """{"scope":"snapshot"}""")).Expect(200);
        Assert.Equal(("false", "1 deals, 9000"), (snapshot["ok"], snapshot["differences.0.served"]));
        Assert.Equal("1 deals, 120", snapshot["differences.0.recomputed"]);
        Assert.NotNull(snapshot["differences.0.causes.0"]);
        var projection = (await api.PostAsync("/v1/audit/replay", """{"scope":"projection"}""")).Expect(200);
        Assert.Equal(("false", "deal_facts"), (projection["ok"], projection["differences.0.key"]));
        Assert.NotEqual("[]", (await api.GetAsync(
            $"/v1/audit/diff?what=pipeline&knownFrom={knownFrom}&knownTo={knownTo}")).Expect(200)["unexplained.amounts"]);
        (await api.PostAsync("/v1/audit/replay", """{"scope":"projection","projection":"none"}""")).Expect(422);
    }

    private static string Deal(string id, string amount) => $$$"""
        {"id":"{{{id}}}","name":"D","amount":{"amount":"{{{amount}}}","currency":"EUR"},"effectiveAt":"2026-01-02"}
        """;

    private async Task<string> PostAsync(string path, string body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, answer.Text);
        return answer["position"]!;
    }
}
