using System.Text.Json;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Assignments;

/// <summary>Who serves an account, as clients use it. Each test has skills of its own, so that it has reps of its own.</summary>
public sealed class AssignmentsApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_recommendation_ranks_who_can_serve_and_names_why_others_cannot()
    {
        await RepAsync("rec-a", "rec", ""","capacity":10""");
        await RepAsync("rec-b", "rec", ""","capacity":4""");
        await RepAsync("rec-c", "other", "");
        await AccountAsync("rec-1", "rec");
        await AccountAsync("rec-2", "rec");
        await DoAsync("accounts/rec-2/assignment", """{"repId":"rec-b","reason":"first","effectiveAt":"2026-02-01"}""");
        await DoAsync("deals", """{"id":"rec-d","name":"Won","accountId":"rec-1","ownerId":"rec-b","effectiveAt":"2026-01-05"}""", 201);
        await DoAsync("deals/rec-d/win", """{"closedOn":"2026-02-10"}""");

        var answer = await RecommendAsync("rec-1", "2026-02-28");
        Assert.Equal(["rec-b", "rec-a"], answer.Json.GetProperty("candidates").EnumerateArray().Select(IdOf));
        Assert.Equal("1", answer["candidates.0.rank"]);
        Assert.Equal("0.75", answer["candidates.0.factors.load"]);
        Assert.Equal("1", answer["candidates.1.factors.load"]);
        // One won deal with the account itself is one half of the first term.
        Assert.Equal("0.25", answer["candidates.0.factors.buyerKnowledge"]);
        Assert.Contains(answer.Json.GetProperty("rejected").EnumerateArray(), rejected =>
            IdOf(rejected) == "rec-c" && rejected.GetProperty("rule").GetString() == "skill");

        var before = await RecommendAsync("rec-1", "2026-01-31");
        Assert.Equal("1", before["candidates.1.factors.load"]);
        Assert.Equal("0", before["candidates.1.factors.buyerKnowledge"]);
    }

    [Fact]
    public async Task An_unknown_account_or_rep_is_named_where_it_stands()
    {
        var nobody = (await api.PostAsync("/v1/assignments/recommendations", """{"accountId":"nowhere"}""")).Expect(422);
        Assert.Equal(("account-unknown", "/accountId"), (nobody["code"], nobody["errors.0.pointer"]));
        (await api.PostAsync("/v1/accounts/nowhere/assignment", """{"repId":"x","reason":"y"}""")).Expect(404);

        await AccountAsync("known-1", "known");
        var noRep = (await api.PostAsync("/v1/accounts/known-1/assignment", """{"repId":"ghost","reason":"y"}""")).Expect(422);
        Assert.Equal(("rep-unknown", "/repId"), (noRep["code"], noRep["errors.0.pointer"]));
        Assert.Equal("[]", (await api.GetAsync("/v1/accounts/known-1/assignments")).Expect(200)["items"]);
        (await api.GetAsync("/v1/accounts/nowhere/assignments")).Expect(404);
    }

    [Fact]
    public async Task A_transfer_ends_what_was_before_and_is_explained_years_later()
    {
        await RepAsync("tr-a", "tr", "");
        await RepAsync("tr-b", "tr", "");
        await AccountAsync("tr-1", "tr");
        await DoAsync("accounts/tr-1/assignment", """{"repId":"tr-a","reason":"first","effectiveAt":"2026-02-01"}""");
        var recommended = await RecommendAsync("tr-1", "2026-02-28");
        var moved = await DoAsync("accounts/tr-1/assignment", $$"""
            {"repId":"tr-b","reason":"moves on","effectiveAt":"2026-03-01","decision":{{recommended["decision"]}}}
            """);
        Assert.NotNull(moved["decisionId"]);

        Assert.Equal("tr-a", (await ListAsync("tr-1", "2026-02-28"))["items.0.repId"]);
        var after = await ListAsync("tr-1", "2026-03-01");
        Assert.Equal(("tr-b", "moves on"), (after["items.0.repId"], after["items.0.reason"]));

        // Whatever becomes of the facts since, the explanation stays.
        await RepAsync("tr-z", "tr", "");
        var why = (await api.GetAsync($"/v1/accounts/tr-1/assignments/{after["items.0.eventId"]}/explanation")).Expect(200);
        Assert.Equal("true", why["reproduced"]);
        Assert.Equal(recommended["candidates"], why["candidates"]);
        Assert.Equal(recommended["rejected"], why["rejected"]);
        Assert.Equal(after["items.0.decisionId"], why["decisionId"]);
        Assert.NotNull(why["record.basis.candidates.0.repId"]);

        var again = await DoAsync("accounts/tr-1/assignment", """{"repId":"tr-b","reason":"again","effectiveAt":"2026-03-05"}""");
        Assert.Equal((moved["version"], null), (again["version"], again["decisionId"]));
    }

    [Fact]
    public async Task What_was_known_before_stays_known()
    {
        await RepAsync("kn-a", "kn", "");
        await RepAsync("kn-b", "kn", "");
        await AccountAsync("kn-1", "kn");
        await DoAsync("accounts/kn-1/assignment", """{"repId":"kn-a","reason":"first","effectiveAt":"2026-02-01"}""");
        var known = (await ListAsync("kn-1", "2026-02-15"))["asOf.knownAt"];
        await DoAsync("accounts/kn-1/assignment", """{"repId":"kn-b","reason":"learned late","effectiveAt":"2026-02-10"}""");
        Assert.Equal("kn-b", (await ListAsync("kn-1", "2026-02-15"))["items.0.repId"]);
        Assert.Equal(
            "kn-a", (await api.GetAsync($"/v1/accounts/kn-1/assignments?asOf=2026-02-15&knownAt={known}"))["items.0.repId"]);
    }

    [Fact]
    public async Task A_cover_acts_and_the_credit_stays()
    {
        await RepAsync("co-a", "co", "");
        await RepAsync("co-b", "co", "");
        await AccountAsync("co-1", "co");
        await DoAsync("accounts/co-1/assignment", """{"repId":"co-a","reason":"first","effectiveAt":"2026-02-01"}""");
        const string cover = """{"repId":"co-b","from":"2026-03-01","to":"2026-03-15","reason":"leave"}""";
        await DoAsync("accounts/co-1/assignment/cover", cover);
        await DoAsync("accounts/co-1/assignment/cover", cover);
        var during = await ListAsync("co-1", "2026-03-10");
        Assert.Equal(("co-a", "co-b"), (during["items.0.repId"], during["items.0.acting"]));
        Assert.Equal("co-a", (await ListAsync("co-1", "2026-03-15"))["items.0.acting"]);
        var overlap = (await api.PostAsync(
            "/v1/accounts/co-1/assignment/cover",
            """{"repId":"co-b","from":"2026-03-14","to":"2026-03-20","reason":"more"}""")).Expect(409);
        Assert.Equal("cover-overlaps", overlap["code"]);

        await DoAsync("deals", """{"id":"co-d","name":"Deal","accountId":"co-1","ownerId":"co-b","effectiveAt":"2026-01-05"}""", 201);
        await DoAsync("deals/co-d/win", """{"closedOn":"2026-03-10"}""");
        var credit = (await api.GetAsync("/v1/deals/co-d/credit")).Expect(200);
        Assert.Equal(("co-a", "assignment", "100"), (credit["credits.0.repId"], credit["credits.0.source"], credit["credits.0.percent"]));
        Assert.Equal("owner", (await api.GetAsync("/v1/deals/co-d/credit?asOf=2026-01-20"))["credits.0.source"]);
        await DoAsync("deals/co-d/splits", """{"splits":[{"repId":"co-b","percent":"100","kind":"revenue"}]}""");
        Assert.Equal("split", (await api.GetAsync("/v1/deals/co-d/credit"))["credits.0.source"]);
    }

    [Fact]
    public async Task Whoever_is_in_conflict_is_neither_recommended_nor_assigned()
    {
        await RepAsync("cf-a", "cf", "");
        await AccountAsync("cf-1", "cf");
        await DoAsync("accounts/cf-1/assignment/conflicts", """{"repId":"cf-a","reason":"a tie","effectiveAt":"2026-02-01"}""");
        var answer = await RecommendAsync("cf-1", "2026-02-28");
        Assert.Contains(answer.Json.GetProperty("rejected").EnumerateArray(), rejected =>
            IdOf(rejected) == "cf-a" && rejected.GetProperty("rule").GetString() == "conflict");
        var refused = (await api.PostAsync("/v1/accounts/cf-1/assignment", """{"repId":"cf-a","reason":"y"}""")).Expect(409);
        Assert.Equal("rep-in-conflict", refused["code"]);
        await DoAsync("accounts/cf-1/assignment/conflicts/clear", """{"repId":"cf-a","reason":"sold"}""");
        await DoAsync("accounts/cf-1/assignment", """{"repId":"cf-a","reason":"y"}""");
        await DoAsync("accounts/cf-1/assignment/end", """{"reason":"over"}""");
        Assert.Equal("[]", (await ListAsync("cf-1", "2099-01-01"))["items"]);
    }

    [Fact]
    public async Task Weights_are_set_from_a_time_on()
    {
        var byDefault = (await api.GetAsync("/v1/assignments/settings?asOf=2020-01-01")).Expect(200);
        Assert.Equal("0.25", byDefault["weights.experience"]);
        const string weights = """{"experience":"0.2","buyerKnowledge":"0.2","quotaHeadroom":"0.2","buyingProcessFit":"0.2","load":"0.2"}""";
        await DoAsync("assignments/settings", $$"""{"weights":{{weights}},"reason":"even","effectiveAt":"2090-01-01"}""");
        Assert.Equal("0.2", (await api.GetAsync("/v1/assignments/settings?asOf=2090-01-01"))["weights.experience"]);
        Assert.Equal("0.25", (await api.GetAsync("/v1/assignments/settings?asOf=2089-12-31"))["weights.experience"]);
        var refused = (await api.PostAsync(
            "/v1/assignments/settings", $$"""{"weights":{{weights.Replace("\"load\":\"0.2\"", "\"load\":\"0.3\"")}}}""")).Expect(422);
        Assert.Equal(("weights-sum", "/weights"), (refused["code"], refused["errors.0.pointer"]));
    }

    private static string? IdOf(JsonElement item) => item.GetProperty("repId").GetString();

    private async Task<ApiAnswer> RecommendAsync(string account, string asOf) => (await api.PostAsync(
        "/v1/assignments/recommendations", $$"""{"accountId":"{{account}}","asOf":"{{asOf}}"}""")).Expect(200);

    private async Task<ApiAnswer> ListAsync(string account, string asOf) =>
        (await api.GetAsync($"/v1/accounts/{account}/assignments?asOf={asOf}")).Expect(200);

    private Task<ApiAnswer> RepAsync(string id, string skill, string more) => DoAsync(
        "reps", $$"""{"id":"{{id}}","name":"Rep","skills":["{{skill}}"],"effectiveAt":"2026-01-01"{{more}}}""", 201);

    private Task<ApiAnswer> AccountAsync(string id, string skill) => DoAsync(
        "accounts", $$"""{"id":"{{id}}","name":"Account","skills":["{{skill}}"],"effectiveAt":"2026-01-01"}""", 201);

    private async Task<ApiAnswer> DoAsync(string path, string body, int status = 200) =>
        (await api.PostAsync($"/v1/{path}", body)).Expect(status);
}
