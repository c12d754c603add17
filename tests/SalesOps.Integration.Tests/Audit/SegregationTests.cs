using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Audit;

public sealed class SegregationTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Who_could_and_who_did_and_what_looks_odd_are_told_and_who_asked_is_recorded()
    {
        await PostAsync("/v1/deals", """{"id":"s1","name":"D","ownerId":"ann","effectiveAt":"2025-01-02"}""");
        await PostAsync("/v1/deals/s1/owner", """{"ownerId":"bob","effectiveAt":"2025-01-10"}""");
        await PostAsync("/v1/deals/s1/owner", """{"ownerId":"ann","effectiveAt":"2025-01-20"}""");
        await PostAsync("/v1/deals/s1/win", """{"closedOn":"2025-03-01"}""");

        var odd = (await api.GetAsync("/v1/audit/fraud-patterns?pattern=roundTripOfOwners,backDatedClose", ("X-Actor", "eve"))).Expect(200);
        Assert.Equal(("roundTripOfOwners", "backDatedClose"), (odd["items.0.pattern"], odd["items.1.pattern"]));
        Assert.Equal(("deal/s1", "deal_owner_changed"), (odd["items.0.streams.0"], odd["items.0.evidence.0.type"]));
        var who = (await api.GetAsync("/v1/audit/segregation?stream=deal/s1", ("X-Actor", "eve"))).Expect(200);
        Assert.Equal(("ann", "bob", "ann"), (who["owners.0.repId"], who["owners.1.repId"], who["owners.2.repId"]));
        Assert.Equal(("dev", "4"), (who["actors.0.actor"], who["actors.0.events"]));
        Assert.Equal(("rep", "own"), (who["roles.0.role"], who["roles.0.reach"]));
        (await api.GetAsync("/v1/audit/segregation?stream=deal/none")).Expect(404);

        var reads = (await api.GetAsync("/v1/audit/reads")).Expect(200).Text;
        Assert.Contains("\"actor\":\"eve\",\"operation\":\"GetSegregation\"", reads, StringComparison.Ordinal);
        Assert.Contains("stream=deal/s1", reads, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_pay_is_told_who_gains_who_may_and_where_one_person_had_two_parts()
    {
        await PostAsync("/v1/reps", """{"id":"gus","name":"Gus","effectiveAt":"2026-01-01"}""");
        await PostAsync("/v1/quotas", """{"id":"q-gus","repId":"gus","period":"2026","amount":{"amount":"1.00","currency":"EUR"}}""", "gus");
        await PostAsync("/v1/adjustments", """
            {"id":"adj1","repId":"gus","period":"2026-01","on":"2026-01-31","reason":"r","amount":{"amount":"5.00","currency":"EUR"}}
            """, "eve");
        await PostAsync("/v1/adjustments/adj1/approve", "{}", "ada");

        var pay = (await api.GetAsync("/v1/audit/segregation?stream=approval/adjustment/adj1")).Expect(200);
        Assert.Equal(("gus", "eve", "ada", "[]"), (pay["owners.0.repId"], pay["actors.0.actor"], pay["actors.1.actor"], pay["conflicts"]));
        Assert.Equal(("salesOperations", "finance"), (pay["roles.0.role"], pay["roles.1.role"]));
        var quota = (await api.GetAsync("/v1/audit/segregation?stream=quota/q-gus")).Expect(200);
        Assert.Equal(("gus", "gus", "actorIsBeneficiary"), (quota["owners.0.repId"], quota["conflicts.0.actor"], quota["conflicts.0.conflict"]));
        var ledger = (await api.GetAsync("/v1/audit/segregation?stream=ledger/gus/2026-01")).Expect(200);
        Assert.Equal(("gus", "finance"), (ledger["owners.0.repId"], ledger["roles.0.role"]));
    }

    private async Task PostAsync(string path, string body, string actor)
    {
        var answer = await api.PostAsync(path, body, ("X-Actor", actor));
        Assert.True(answer.Status is 200 or 201, answer.Text);
    }

    private async Task PostAsync(string path, string body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, answer.Text);
    }
}
