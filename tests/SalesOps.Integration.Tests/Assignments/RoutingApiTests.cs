using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Assignments;

/// <summary>Many accounts and leads at once, on a tenant of their own, since what nobody has is asked for as a whole.</summary>
public sealed class RoutingApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    /// <summary>Of the last write, which the next read has to have seen.</summary>
    private string position = "0";

    [Fact]
    public async Task What_nobody_has_goes_evenly_to_the_reps_then_is_rebalanced_and_every_decision_is_kept()
    {
        foreach (var rep in (string[])["ro-a", "ro-b", "ro-c"])
        {
            await DoAsync("reps", $$"""{"id":"{{rep}}","name":"Rep","team":"ro","capacity":40,"effectiveAt":"2026-01-01"}""", 201);
            await DoAsync("quotas", $$"""
                {"repId":"{{rep}}","period":"2026","amount":{"amount":"1000.00","currency":"EUR"},"effectiveAt":"2026-01-01"}
                """, 201);
        }

        for (var i = 10; i < 25; i++)
        {
            await DoAsync("accounts", $$"""{"id":"ro-{{i}}","name":"Account","effectiveAt":"2026-01-01"}""", 201);
            await DoAsync("leads", $$"""{"id":"ro-{{i}}","name":"Lead","direction":"inbound","effectiveAt":"2026-01-01"}""", 201);
        }

        var dry = await DoAsync(
            "assignments/route",
            $$"""{"reason":"first round","effectiveAt":"2026-03-01","dryRun":true,"minPosition":{{position}}}""");
        Assert.Equal(("30", null, null), (dry["routed"], dry["decisionId"], dry["position"]));
        Assert.Equal("[]", (await api.GetAsync("/v1/accounts/ro-10/assignments"))["items"]);

        var routed = await DoAsync("assignments/route", """{"reason":"first round","effectiveAt":"2026-03-01"}""");
        Assert.Equal(dry["items"], routed["items"]);
        var counts = routed.Json.GetProperty("items").EnumerateArray()
            .GroupBy(item => item.GetProperty("repId").GetString()).Select(group => group.Count());
        Assert.Equal([10, 10, 10], counts);
        Assert.Equal("0", (await DoAsync(
            "assignments/route", $$"""{"reason":"again","effectiveAt":"2026-03-01","minPosition":{{position}}}"""))["routed"]);

        var decision = (await api.GetAsync($"/v1/assignments/decisions/{routed["decisionId"]}?leadId=ro-12")).Expect(200);
        Assert.Equal(("assignments_distributed", "true"), (decision["type"], decision["reproduced"]));
        Assert.NotNull(decision["candidates.0.repId"]);
        var assigned = (await api.GetAsync("/v1/accounts/ro-11/assignments?asOf=2026-03-01")).Expect(200);
        var why = (await api.GetAsync($"/v1/accounts/ro-11/assignments/{assigned["items.0.eventId"]}/explanation")).Expect(200);
        Assert.Equal(("true", "1"), (why["reproduced"], why["rank"]));

        await RebalanceAsync();
    }

    /// <summary>All accounts go to one rep first, who then gives most of them away.</summary>
    private async Task RebalanceAsync()
    {
        for (var i = 10; i < 25; i++)
        {
            await DoAsync($"accounts/ro-{i}/assignment", """{"repId":"ro-a","reason":"a mistake","effectiveAt":"2026-04-01"}""");
        }

        var wish = $$"""{"team":"ro","asOf":"2026-04-02","minPosition":{{position}}}""";
        var proposal = (await api.PostAsync("/v1/assignments/rebalance", wish)).Expect(200);
        Assert.Equal(("10", "10"), (proposal["proposal.cost.accounts"], proposal["proposal.cost.potential"]));
        Assert.Equal(("0.666667", "0"), (proposal["proposal.before.gini"], proposal["proposal.after.gini"]));
        Assert.Equal("5", proposal["proposal.after.reps.2.accounts"]);

        var apply = $$"""{"team":"ro","decision":{{proposal["decision"]}},"reason":"even","effectiveAt":"2026-04-03"}""";
        var applied = await DoAsync("assignments/rebalance/apply", apply);
        Assert.Equal(proposal["proposal"], applied["proposal"]);
        var decision = (await api.GetAsync($"/v1/assignments/decisions/{applied["decisionId"]}")).Expect(200);
        Assert.Equal(("assignments_rebalanced", "true"), (decision["type"], decision["reproduced"]));
        var moved = proposal["proposal.moves.0.accountId"];
        var after = (await api.GetAsync($"/v1/accounts/{moved}/assignments?asOf=2026-04-03")).Expect(200);
        Assert.Equal((proposal["proposal.moves.0.toRepId"], "even"), (after["items.0.repId"], after["items.0.reason"]));

        var late = (await api.PostAsync("/v1/assignments/rebalance/apply", apply)).Expect(409);
        Assert.Equal("assigned-meanwhile", late["code"]);
        var none = (await api.PostAsync("/v1/assignments/rebalance", """{"maxMoves":0}""")).Expect(422);
        Assert.Equal(("moves-range", "/maxMoves"), (none["code"], none["errors.0.pointer"]));
    }

    private async Task<ApiAnswer> DoAsync(string path, string body, int status = 200)
    {
        var answer = (await api.PostAsync($"/v1/{path}", body)).Expect(status);
        position = answer["position"] ?? position;
        return answer;
    }
}
