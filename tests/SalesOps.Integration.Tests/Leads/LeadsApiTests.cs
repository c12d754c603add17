using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Leads;

/// <summary>The leads of the API, as clients use them.</summary>
public sealed class LeadsApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_lead_is_captured_once_and_read_at_any_time()
    {
        const string body = """
            {"id":"grace","name":"Grace","company":"Acme","source":"fair","campaign":"spring","direction":"inbound",
            "email":"grace@acme.example","country":"Norway","employees":120,"languages":["en","no"],"effectiveAt":"2026-01-05"}
            """;
        Assert.Equal("/v1/leads/grace", (await api.PostAsync("/v1/leads", body)).Expect(201).Headers["Location"]);
        (await api.PostAsync("/v1/leads", body)).Expect(200);
        Assert.Equal("lead-exists", (await api.PostAsync("/v1/leads", body.Replace("Acme", "Globex"))).Expect(409)["code"]);

        await DoAsync("grace", "qualify", """{"score":80,"reason":"budget","effectiveAt":"2026-01-10"}""");
        await DoAsync("grace", "route", """{"repId":"ada","effectiveAt":"2026-01-11"}""");
        var before = (await api.GetAsync("/v1/leads/grace?asOf=2026-01-09")).Expect(200);
        Assert.Equal(("new", null, null), (before["status"], before["score"], before["ownerId"]));
        var after = (await api.GetAsync("/v1/leads/grace?asOf=2026-01-11")).Expect(200);
        Assert.Equal(("qualified", "80", "ada"), (after["status"], after["score"], after["ownerId"]));
        (await api.GetAsync("/v1/leads/grace?asOf=2026-01-04")).Expect(404);
        (await api.GetAsync("/v1/leads/grace?knownAt=2026-01-04")).Expect(404);
    }

    [Fact]
    public async Task A_lead_becomes_a_deal_and_an_account_in_one_append()
    {
        await CaptureAsync("whole");
        await DoAsync("whole", "route", """{"repId":"ada"}""");
        var done = await DoAsync("whole", "convert", """
            {"dealId":"whole-deal","accountId":"whole-account","amount":{"amount":"900","currency":"EUR"},"stage":"proposal"}
            """);
        Assert.Equal(("whole", "3", "1", "1"), (done["id"], done["version"], done["dealVersion"], done["accountVersion"]));

        var deal = (await api.GetAsync("/v1/deals/whole-deal")).Expect(200);
        Assert.Equal(("whole", "whole-account", "ada"), (deal["leadId"], deal["accountId"], deal["ownerId"]));
        Assert.Equal(("Acme", "proposal", "900.00"), (deal["name"], deal["stage"], deal["amount.amount"]));
        Assert.Equal("Acme", (await api.GetAsync("/v1/accounts/whole-account")).Expect(200)["name"]);
        var lead = (await api.GetAsync("/v1/leads/whole")).Expect(200);
        Assert.Equal(("converted", "whole-deal"), (lead["status"], lead["dealId"]));
    }

    [Fact]
    public async Task A_lead_is_converted_once()
    {
        await CaptureAsync("once");
        var first = await DoAsync("once", "convert", "{}");
        var again = await DoAsync("once", "convert", "{}");
        Assert.Equal((first["dealId"], first["accountId"], "2"), (again["dealId"], again["accountId"], again["version"]));
        await DoAsync("once", "convert", $$"""{"dealId":"{{first["dealId"]}}"}""");
        Assert.Equal("lead-converted", (await api.PostAsync("/v1/leads/once/convert", """{"dealId":"other"}""")).Expect(409)["code"]);
        Assert.Equal("lead-converted", (await api.PostAsync("/v1/leads/once/disqualify", """{"reason":"x"}""")).Expect(409)["code"]);
    }

    [Fact]
    public async Task A_repeat_of_a_conversion_with_its_key_gets_the_first_answer()
    {
        await CaptureAsync("keyed");
        var first = await api.PostAsync("/v1/leads/keyed/convert", "{}", ("Idempotency-Key", "convert-1"));
        var again = await api.PostAsync("/v1/leads/keyed/convert", "{}", ("Idempotency-Key", "convert-1"));
        Assert.Equal(first.Expect(200).Text, again.Expect(200).Text);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
    }

    [Fact]
    public async Task An_account_that_is_there_is_kept()
    {
        (await api.PostAsync("/v1/accounts", """{"id":"there","name":"There Inc"}""")).Expect(201);
        await CaptureAsync("kept");
        Assert.Equal("1", (await DoAsync("kept", "convert", """{"accountId":"there"}"""))["accountVersion"]);
        Assert.Equal("There Inc", (await api.GetAsync("/v1/accounts/there"))["name"]);
    }

    [Theory]
    [InlineData("""{"stage":"nowhere","dealId":"no-1","accountId":"no-a"}""", 422, "stage-unknown")]
    [InlineData("""{"pipelineId":"nowhere","dealId":"no-1","accountId":"no-a"}""", 422, "pipeline-unknown")]
    [InlineData("""{"amount":{"amount":"-1","currency":"EUR"},"dealId":"no-1","accountId":"no-a"}""", 422, "amount-negative")]
    [InlineData("""{"dealId":"taken","accountId":"no-a"}""", 409, "deal-exists")]
    [InlineData("""{"dealId":"no-1","accountId":"no-a","effectiveAt":"2025-01-01"}""", 409, "lead-not-captured-yet")]
    public async Task What_can_not_be_converted_so_changes_nothing(string body, int status, string code)
    {
        await api.PostAsync("/v1/deals", """{"id":"taken","name":"Taken","effectiveAt":"2026-01-01"}""");
        await CaptureAsync("refused", ignoreRepeat: true);
        Assert.Equal(code, (await api.PostAsync("/v1/leads/refused/convert", body)).Expect(status)["code"]);
        (await api.GetAsync("/v1/accounts/no-a")).Expect(404);
        (await api.GetAsync("/v1/deals/no-1")).Expect(404);
        Assert.Equal("new", (await api.GetAsync("/v1/leads/refused"))["status"]);
    }

    [Fact]
    public async Task A_conversion_is_for_the_version_of_the_lead()
    {
        await CaptureAsync("version");
        var refused = await api.PostAsync("/v1/leads/version/convert", "{}", ("If-Match", "\"9\""));
        Assert.Equal("\"1\"", refused.Expect(412).Headers["ETag"]);
        Assert.Equal("\"2\"", (await api.PostAsync("/v1/leads/version/convert", "{}", ("If-Match", "\"1\""))).Expect(200).Headers["ETag"]);
    }

    [Fact]
    public async Task Of_two_conversions_at_once_one_is_made()
    {
        await CaptureAsync("race");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            api.PostAsync("/v1/leads/race/convert", $$"""{"dealId":"race-{{i}}","accountId":"race-account"}""")));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal("lead-converted", answer.Expect(409)["code"]));
        var deals = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => api.GetAsync($"/v1/deals/race-{i}")));
        Assert.Single(deals, deal => deal.Status == 200);
    }

    [Fact]
    public async Task Leads_that_share_a_new_account_are_converted_side_by_side()
    {
        await CaptureAsync("side-0");
        await CaptureAsync("side-1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(i =>
            api.PostAsync($"/v1/leads/side-{i}/convert", """{"accountId":"side-account"}""")));
        Assert.All(answers, answer => Assert.Equal("1", answer.Expect(200)["accountVersion"]));
    }

    [Theory]
    [InlineData("qualify", """{"score":101,"reason":"x"}""", 422, "score-range")]
    [InlineData("qualify", """{"score":1}""", 400, "missing-member")]
    [InlineData("disqualify", """{"reason":""}""", 422, "text-empty")]
    [InlineData("route", "{}", 409, "nobody-eligible")]
    public async Task Bad_input_is_refused_and_nothing_is_written(string command, string body, int status, string code)
    {
        await CaptureAsync("bad", ignoreRepeat: true);
        Assert.Equal(code, (await api.PostAsync($"/v1/leads/bad/{command}", body)).Expect(status)["code"]);
        Assert.Equal("1", (await api.GetAsync("/v1/leads/bad"))["version"]);
    }

    [Fact]
    public async Task A_lead_comes_from_one_of_two_directions()
    {
        (await api.PostAsync("/v1/leads", """{"name":"x","direction":"sideways"}""")).Expect(400);
        (await api.PostAsync("/v1/leads", """{"name":"x","direction":"outbound"}""")).Expect(201);
        var long201 = new string('x', 201);
        Assert.Equal(
            "text-too-long", (await api.PostAsync("/v1/leads", $$"""{"name":"{{long201}}","direction":"outbound"}""")).Expect(422)["code"]);
    }

    [Fact]
    public async Task Lists_are_of_leads_as_they_were()
    {
        foreach (var (id, direction, campaign) in new[]
        {
            ("list-1", "inbound", "x"), ("list-2", "outbound", "x"), ("list-3", "inbound", "y"),
        })
        {
            (await api.PostAsync("/v1/leads", $$"""
                {"id":"{{id}}","name":"L","direction":"{{direction}}","campaign":"{{campaign}}","source":"listed",
                "effectiveAt":"2026-01-05"}
                """)).Expect(201);
        }

        await DoAsync("list-1", "qualify", """{"score":50,"reason":"x","effectiveAt":"2026-02-01"}""");
        await DoAsync("list-1", "route", """{"repId":"bo","effectiveAt":"2026-02-02"}""");
        Assert.Equal("list-1,list-2,list-3", await ListAsync("source=listed"));
        Assert.Equal("list-1,list-3", await ListAsync("source=listed&direction=inbound"));
        Assert.Equal("list-1,list-2", await ListAsync("source=listed&campaign=x"));
        Assert.Equal("list-1", await ListAsync("source=listed&status=qualified,converted"));
        Assert.Equal("list-2,list-3", await ListAsync("source=listed&status=new"));
        Assert.Equal("list-1,list-2,list-3", await ListAsync("source=listed&status=new&asOf=2026-01-31"));
        Assert.Equal("list-1", await ListAsync("ownerId=bo"));
        Assert.Equal("", await ListAsync("ownerId=bo&asOf=2026-02-01"));
        Assert.Equal("", await ListAsync("source=listed&asOf=2026-01-04"));
        (await api.GetAsync("/v1/leads?direction=sideways")).Expect(400);
    }

    [Fact]
    public async Task A_lead_has_a_history_and_is_corrected_by_it()
    {
        await CaptureAsync("history");
        await DoAsync("history", "qualify", """{"score":10,"reason":"a slip","effectiveAt":"2026-02-10"}""");
        var history = (await api.GetAsync("/v1/leads/history/history")).Expect(200);
        Assert.Equal("lead_qualified", history["items.1.type"]);
        await DoAsync("history", "corrections", $$$"""
            {"eventId":"{{{history["items.1.eventId"]}}}","reason":"meant more","replacement":{"data":{"score":90} } }
            """);
        Assert.Equal("90", (await api.GetAsync("/v1/leads/history?asOf=2026-02-10"))["score"]);
        var corrected = (await api.GetAsync("/v1/leads/history/history"))["items.2.eventId"];
        var bad = (await api.PostAsync("/v1/leads/history/corrections", $$$"""
            {"eventId":"{{{corrected}}}","reason":"x","replacement":{"data":{"score":900} } }
            """)).Expect(422);
        Assert.Equal(("score-range", "/replacement/data/score"), (bad["code"], bad["errors.0.pointer"]));

        await DoAsync("history", "convert", """{"dealId":"history-deal","accountId":"history-account","effectiveAt":"2026-03-01"}""");
        var converted = (await api.GetAsync("/v1/leads/history/history"))["items.3.eventId"];
        Assert.Equal("lead-converted", (await api.PostAsync(
            "/v1/leads/history/corrections", $$"""{"eventId":"{{converted}}","reason":"x"}""")).Expect(409)["code"]);
        await DoAsync("history", "corrections", $$$"""
            {"eventId":"{{{converted}}}","reason":"a day later","replacement":{"effectiveAt":"2026-03-02"} }
            """);
        Assert.Equal("qualified", (await api.GetAsync("/v1/leads/history?asOf=2026-03-01"))["status"]);
        Assert.Equal("history-deal", (await api.GetAsync("/v1/leads/history?asOf=2026-03-02"))["dealId"]);
    }

    private async Task<string> ListAsync(string query) => string.Join(
        ',', (await api.GetAsync($"/v1/leads?{query}")).Expect(200).Json.GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("id").GetString()));

    private async Task CaptureAsync(string id, bool ignoreRepeat = false)
    {
        var captured = await api.PostAsync("/v1/leads", $$"""
            {"id":"{{id}}","name":"Grace","company":"Acme","direction":"inbound","effectiveAt":"2026-01-05"}
            """);
        Assert.True(captured.Status == 201 || (ignoreRepeat && captured.Status == 200), captured.Text);
    }

    private async Task<ApiAnswer> DoAsync(string id, string command, string body) =>
        (await api.PostAsync($"/v1/leads/{id}/{command}", body)).Expect(200);
}
