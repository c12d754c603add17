using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Assignments;

/// <summary>What decisions about assignments rest on, and how one is corrected.</summary>
public sealed class DecisionBasisApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_lead_without_a_rep_named_goes_by_the_engine()
    {
        await DoAsync("reps", """{"id":"le-a","name":"Rep","languages":["sv"],"effectiveAt":"2026-01-01"}""", 201);
        await DoAsync("leads", """{"id":"le-1","name":"Lead","direction":"inbound","languages":["sv"],"effectiveAt":"2026-01-01"}""", 201);
        var routed = await DoAsync("leads/le-1/route", """{"reason":"whose turn it is","effectiveAt":"2026-02-01"}""");
        Assert.Equal("le-a", routed["repId"]);
        var decision = (await api.GetAsync($"/v1/assignments/decisions/{routed["decisionId"]}?leadId=le-1")).Expect(200);
        Assert.Equal(("true", "le-a"), (decision["reproduced"], decision["candidates.0.repId"]));
        Assert.Equal("le-a", (await api.GetAsync("/v1/leads/le-1?asOf=2026-02-01"))["ownerId"]);

        await DoAsync("leads", """{"id":"le-2","name":"Lead","direction":"inbound","languages":["tlh"],"effectiveAt":"2026-01-01"}""", 201);
        Assert.Equal("nobody-eligible", (await api.PostAsync("/v1/leads/le-2/route", "{}")).Expect(409)["code"]);
        await DoAsync("leads/le-2/disqualify", """{"reason":"nobody speaks it"}""");
        Assert.Equal("lead-disqualified", (await api.PostAsync("/v1/leads/le-2/route", "{}")).Expect(409)["code"]);
        var closed = (await api.PostAsync("/v1/assignments/route", """{"reason":"x","leadIds":["le-2"]}""")).Expect(422);
        Assert.Equal(("lead-not-open", "/leadIds/0"), (closed["code"], closed["errors.0.pointer"]));
        (await api.PostAsync("/v1/leads/nowhere/route", "{}")).Expect(404);
    }

    [Fact]
    public async Task A_recommendation_weighs_territory_quota_contacts_and_leads()
    {
        foreach (var rep in (string[])["we-a", "we-b", "we-c"])
        {
            await DoAsync("reps", $$"""{"id":"{{rep}}","name":"Rep","skills":["we"],"capacity":4,"effectiveAt":"2026-01-01"}""", 201);
        }

        await DoAsync("territories", """
            {"id":"we","name":"Nordics","rules":[{"field":"country","op":"in","values":["WE"]}],"effectiveAt":"2026-01-01"}
            """, 201);
        await DoAsync("territories/we/reps", """{"reps":[{"repId":"we-a"},{"repId":"we-b"}],"effectiveAt":"2026-01-01"}""");
        await DoAsync("accounts", """{"id":"we-1","name":"Account","country":"WE","skills":["we"],"effectiveAt":"2026-01-01"}""", 201);
        await DoAsync("quotas", """
            {"repId":"we-a","period":"2026","amount":{"amount":"1000.00","currency":"EUR"},"effectiveAt":"2026-01-01"}
            """, 201);
        await DoAsync("deals", """
            {"id":"we-d","name":"Deal","ownerId":"we-b","amount":{"amount":"250.00","currency":"EUR"},"effectiveAt":"2026-01-05"}
            """, 201);
        await DoAsync("deals/we-d/splits", """{"splits":[{"repId":"we-a","percent":"100","kind":"revenue"}],"effectiveAt":"2026-01-05"}""");
        await DoAsync("accounts/we-1/contacts", """{"id":"we-k","name":"Kim","knownBy":["we-b"],"effectiveAt":"2026-01-01"}""", 201);
        await DoAsync("leads", """
            {"id":"we-l","name":"Lead","direction":"inbound","ownerId":"we-b","effectiveAt":"2026-01-05"}
            """, 201);

        var answer = (await api.PostAsync(
            "/v1/assignments/recommendations", """{"accountId":"we-1","asOf":"2026-02-28"}""")).Expect(200);
        var factors = answer.Json.GetProperty("candidates").EnumerateArray()
            .ToDictionary(item => item.GetProperty("repId").GetString()!, item => item.GetProperty("factors"));
        Assert.Equal(["we-a", "we-b"], factors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("0.75", "0.5"), (Of("we-a", "quotaHeadroom"), Of("we-b", "quotaHeadroom")));
        Assert.Equal(("1", "0.75"), (Of("we-a", "load"), Of("we-b", "load")));
        // One contact is a third of the quarter that contacts make.
        Assert.Equal(("0", "0.083333"), (Of("we-a", "buyerKnowledge"), Of("we-b", "buyerKnowledge")));
        Assert.Contains(answer.Json.GetProperty("rejected").EnumerateArray(), rejected =>
            rejected.GetProperty("repId").GetString() == "we-c" && rejected.GetProperty("rule").GetString() == "territory");

        string? Of(string rep, string factor) => factors[rep].GetProperty(factor).GetString();
    }

    [Fact]
    public async Task An_assignment_has_a_history_and_is_corrected_by_it()
    {
        await DoAsync("reps", """{"id":"hi-a","name":"Rep","effectiveAt":"2026-01-01"}""", 201);
        await DoAsync("accounts", """{"id":"hi-1","name":"Account","effectiveAt":"2026-01-01"}""", 201);
        await DoAsync("accounts/hi-1/assignment", """{"repId":"hi-a","reason":"first","effectiveAt":"2026-02-01"}""");
        var history = (await api.GetAsync("/v1/accounts/hi-1/assignments/history")).Expect(200);
        Assert.Equal("account_assigned", history["items.0.type"]);
        var correction = $$"""
            {"eventId":"{{history["items.0.eventId"]}}","reason":"later","replacement":{"effectiveAt":"2026-03-01"} }
            """;
        await DoAsync("accounts/hi-1/assignment/corrections", correction);
        Assert.Equal("[]", (await api.GetAsync("/v1/accounts/hi-1/assignments?asOf=2026-02-15"))["items"]);
        Assert.Equal("hi-a", (await api.GetAsync("/v1/accounts/hi-1/assignments?asOf=2026-03-01"))["items.0.repId"]);

        var again = await api.GetAsync("/v1/accounts/hi-1/assignments/history");
        Assert.NotNull(again["items.0.voidedBy"]);
        var ghost = (await api.PostAsync("/v1/accounts/hi-1/assignment/corrections", $$"""
            {"eventId":"{{again["items.1.eventId"]}}","reason":"no","replacement":{"data":{"repId":"ghost"} } }
            """)).Expect(422);
        Assert.Equal("rep-unknown", ghost["code"]);
        (await api.GetAsync("/v1/accounts/nowhere/assignments/history")).Expect(404);
    }

    [Fact]
    public async Task Contacts_are_kept_by_account_as_of_a_time()
    {
        await DoAsync("accounts", """{"id":"ct-1","name":"Account","effectiveAt":"2026-01-01"}""", 201);
        await DoAsync("accounts/ct-1/contacts", """
            {"id":"kim","name":"Kim","title":"Head of purchasing","role":"decisionMaker","effectiveAt":"2026-02-01"}
            """, 201);
        await DoAsync("accounts/ct-1/contacts", """{"id":"kim","name":"Kim","role":"champion","effectiveAt":"2026-03-01"}""", 201);
        await DoAsync("accounts/ct-1/contacts/kim/remove", """{"reason":"retired","effectiveAt":"2026-04-01"}""");
        Assert.Equal("decisionMaker", (await ContactsAsync("2026-02-15"))["items.0.role"]);
        Assert.Equal("champion", (await ContactsAsync("2026-03-15"))["items.0.role"]);
        Assert.Equal("[]", (await ContactsAsync("2026-04-01"))["items"]);
        (await api.PostAsync("/v1/accounts/nowhere/contacts", """{"name":"Kim"}""")).Expect(404);
        (await api.PostAsync("/v1/accounts/ct-1/contacts/ghost/remove", "{}")).Expect(404);
        (await api.GetAsync("/v1/accounts/nowhere/contacts")).Expect(404);

        async Task<ApiAnswer> ContactsAsync(string asOf) =>
            (await api.GetAsync($"/v1/accounts/ct-1/contacts?asOf={asOf}")).Expect(200);
    }

    private async Task<ApiAnswer> DoAsync(string path, string body, int status = 200) =>
        (await api.PostAsync($"/v1/{path}", body)).Expect(status);
}
