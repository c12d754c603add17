using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Deals;

/// <summary>The deals of the API, as clients use them.</summary>
public sealed class DealsApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    private const string Won = """{"closedOn":"2026-03-20","amount":{"amount":"900.00","currency":"EUR"}}""";

    [Fact]
    public async Task A_deal_opens_once()
    {
        const string body = """{"id":"open-1","name":"Scanners","amount":{"amount":"1200.5","currency":"EUR"},"effectiveAt":"2026-01-15"}""";
        var created = (await api.PostAsync("/v1/deals", body)).Expect(201);
        Assert.Equal("/v1/deals/open-1", created.Headers["Location"]);
        Assert.Equal("\"1\"", created.Headers["ETag"]);
        Assert.Equal("1", created["version"]);
        Assert.True(long.Parse(created["position"]!) > 0);

        (await api.PostAsync("/v1/deals", body)).Expect(200);
        var other = (await api.PostAsync("/v1/deals", body.Replace("Scanners", "Printers"))).Expect(409);
        Assert.Equal("deal-exists", other["code"]);

        var deal = (await api.GetAsync("/v1/deals/open-1")).Expect(200);
        Assert.Equal("open", deal["status"]);
        Assert.Equal("prospecting", deal["stage"]);
        Assert.Equal("1200.50", deal["amount.amount"]);
        Assert.Equal("2026-01-15T00:00:00Z", deal["openedAt"]);
    }

    [Fact]
    public async Task A_deal_without_an_id_gets_one()
    {
        var created = (await api.PostAsync("/v1/deals", """{"name":"Nameless"}""")).Expect(201);
        Assert.Equal("Nameless", (await api.GetAsync(created.Headers["Location"])).Expect(200)["name"]);
    }

    [Fact]
    public async Task Every_change_is_a_command_with_a_time_of_its_own()
    {
        await OpenAsync("moves");
        await DoAsync("moves", "stage", """{"stage":"proposal","effectiveAt":"2026-02-01"}""");
        await DoAsync("moves", "amount", """{"amount":{"amount":"800","currency":"EUR"},"effectiveAt":"2026-02-02"}""");
        await DoAsync("moves", "close-date", """{"expectedClose":"2026-04-01","effectiveAt":"2026-02-03"}""");
        await DoAsync("moves", "owner", """{"ownerId":"ada","effectiveAt":"2026-02-04"}""");
        await DoAsync("moves", "forecast-category", """{"category":"commit","effectiveAt":"2026-02-05"}""");
        await DoAsync("moves", "products", """{"lines":[{"productId":"p1","quantity":"2"}],"effectiveAt":"2026-02-06"}""");
        await DoAsync("moves", "splits", """{"splits":[{"repId":"ada","percent":"72.68","kind":"revenue"},{"repId":"bo","percent":"27.32","kind":"revenue"}],"effectiveAt":"2026-02-07"}""");
        await DoAsync("moves", "activities", """{"kind":"call","repId":"ada","effectiveAt":"2026-02-08T10:00:00Z"}""");
        await DoAsync("moves", "win", Won);

        var before = await api.GetAsync("/v1/deals/moves?asOf=2026-02-03");
        Assert.Equal("proposal", before["stage"]);
        Assert.Equal("2026-04-01", before["expectedClose"]);
        Assert.Null(before["ownerId"]);
        Assert.Null(before["closedOn"]);

        var after = await api.GetAsync("/v1/deals/moves?asOf=2026-03-20");
        Assert.Equal("won", after["status"]);
        Assert.Equal("900.00", after["amount.amount"]);
        Assert.Equal("27.32", after["splits.1.percent"]);
        Assert.Equal("open", (await api.GetAsync("/v1/deals/moves?asOf=2026-03-20T12:00:00Z"))["status"]);
    }

    [Fact]
    public async Task A_closed_deal_no_longer_moves_until_it_is_reopened()
    {
        await OpenAsync("closed");
        await DoAsync("closed", "lose", """{"closedOn":"2026-03-01","reason":"price","competitor":"Other"}""");
        var refused = (await api.PostAsync("/v1/deals/closed/stage", """{"stage":"proposal"}""")).Expect(409);
        Assert.Equal("deal-closed", refused["code"]);

        await DoAsync("closed", "reopen", """{"reason":"budget found"}""");
        await DoAsync("closed", "stage", """{"stage":"proposal"}""");
    }

    [Fact]
    public async Task A_deal_that_was_won_today_is_closed_for_the_rest_of_the_day()
    {
        await OpenAsync("today");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await DoAsync("today", "win", $$"""{"closedOn":"{{today:yyyy-MM-dd}}"}""");
        Assert.Equal("won", (await api.GetAsync("/v1/deals/today"))["status"]);
        (await api.PostAsync("/v1/deals/today/stage", """{"stage":"proposal"}""")).Expect(409);
    }

    [Fact]
    public async Task A_repeat_with_its_key_gets_the_first_answer()
    {
        await OpenAsync("keyed");
        var first = await api.PostAsync("/v1/deals/keyed/amount", """{"amount":{"amount":"1","currency":"EUR"}}""", ("Idempotency-Key", "k-1"));
        await DoAsync("keyed", "amount", """{"amount":{"amount":"2","currency":"EUR"}}""");
        var again = await api.PostAsync("/v1/deals/keyed/amount", """{"amount":{"amount":"1","currency":"EUR"}}""", ("Idempotency-Key", "k-1"));
        Assert.Equal(first.Expect(200).Text, again.Expect(200).Text);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.False(first.Headers.ContainsKey("Idempotent-Replayed"));
        Assert.Equal("2.00", (await api.GetAsync("/v1/deals/keyed"))["amount.amount"]);

        var other = await api.PostAsync("/v1/deals/keyed/amount", """{"amount":{"amount":"3","currency":"EUR"}}""", ("Idempotency-Key", "k-1"));
        Assert.Equal("idempotency-key-reused", other.Expect(422)["code"]);
    }

    [Fact]
    public async Task A_repeat_of_what_would_now_be_refused_gets_the_first_answer()
    {
        await OpenAsync("won-once");
        var first = await api.PostAsync("/v1/deals/won-once/reopen", """{"reason":"x"}""", ("Idempotency-Key", "k-2"));
        first.Expect(409);
        await DoAsync("won-once", "win", Won);
        var reopened = (await api.PostAsync("/v1/deals/won-once/reopen", """{"reason":"x"}""", ("Idempotency-Key", "k-2"))).Expect(200);
        var again = (await api.PostAsync("/v1/deals/won-once/reopen", """{"reason":"x"}""", ("Idempotency-Key", "k-2"))).Expect(200);
        Assert.Equal(reopened.Text, again.Text);
    }

    [Fact]
    public async Task A_command_is_refused_for_a_version_that_has_passed()
    {
        await OpenAsync("versions");
        (await api.PostAsync("/v1/deals/versions/stage", """{"stage":"proposal"}""", ("If-Match", "\"1\""))).Expect(200);
        var late = (await api.PostAsync("/v1/deals/versions/stage", """{"stage":"negotiation"}""", ("If-Match", "\"1\""))).Expect(412);
        Assert.Equal("version-mismatch", late["code"]);
        Assert.Equal("\"2\"", late.Headers["ETag"]);
        (await api.PostAsync("/v1/deals/versions/stage", """{"stage":"negotiation"}""", ("If-Match", "*"))).Expect(200);
    }

    [Fact]
    public async Task Of_many_commands_at_one_version_exactly_one_wins()
    {
        await OpenAsync("race");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => api.PostAsync(
            "/v1/deals/race/amount", $$$"""{"amount":{"amount":"{{{i + 1}}}","currency":"EUR"}}""", ("If-Match", "\"1\""))));
        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.Equal(15, answers.Count(answer => answer.Status == 412));
    }

    [Fact]
    public async Task A_back_dated_command_is_judged_at_its_time_and_by_what_came_later()
    {
        await OpenAsync("late");
        await DoAsync("late", "win", Won);
        await DoAsync("late", "stage", """{"stage":"negotiation","effectiveAt":"2026-02-01"}""");
        var early = (await api.PostAsync("/v1/deals/late/lose", """{"closedOn":"2026-02-15","reason":"price"}""")).Expect(409);
        Assert.Equal("contradicts-later-fact", early["code"]);
        var win = (await api.GetAsync("/v1/deals/late/history"))["items.1.eventId"]!;
        Assert.Contains(win, early["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_win_is_corrected_to_another_date_and_the_old_knowledge_stays()
    {
        await OpenAsync("corrected");
        await DoAsync("corrected", "win", Won);
        var history = await api.GetAsync("/v1/deals/corrected/history");
        var (win, knownThen) = (history["items.1.eventId"], history["items.1.recordedAt"]);
        var then = await api.GetAsync($"/v1/deals/corrected?asOf=2026-03-20&knownAt={knownThen}");

        await DoAsync("corrected", "corrections", $$"""{"eventId":"{{win}}","reason":"signed later","replacement":{"data":{"closedOn":"2026-04-02"} } }""");

        Assert.Equal("open", (await api.GetAsync("/v1/deals/corrected?asOf=2026-03-31"))["status"]);
        var now = await api.GetAsync("/v1/deals/corrected?asOf=2026-04-02");
        Assert.Equal("won", now["status"]);
        Assert.Equal("2026-04-02", now["closedOn"]);
        Assert.Equal("900.00", now["amount.amount"]);
        Assert.Equal(then.Text, (await api.GetAsync($"/v1/deals/corrected?asOf=2026-03-20&knownAt={knownThen}")).Text);

        var items = await api.GetAsync("/v1/deals/corrected/history");
        Assert.Equal(items["items.2.eventId"], items["items.1.voidedBy"]);
        Assert.Equal("signed later", items["items.2.reason"]);
        (await api.PostAsync("/v1/deals/corrected/corrections", $$"""{"eventId":"{{win}}","reason":"again"}""")).Expect(409);
    }

    [Fact]
    public async Task A_win_that_never_was_is_taken_back()
    {
        await OpenAsync("void");
        await DoAsync("void", "win", Won);
        var win = (await api.GetAsync("/v1/deals/void/history"))["items.1.eventId"];
        await DoAsync("void", "corrections", $$"""{"eventId":"{{win}}","reason":"wrong deal"}""");
        Assert.Equal("open", (await api.GetAsync("/v1/deals/void?asOf=2026-12-31"))["status"]);
        await DoAsync("void", "win", """{"closedOn":"2026-05-01"}""");
    }

    [Theory]
    [InlineData("""{"eventId":"00000000-0000-0000-0000-000000000000","reason":"x"}""", 422, "event-not-found")]
    [InlineData("""{"eventId":"$opened","reason":"x"}""", 409, "contradicts-later-fact")]
    [InlineData("""{"eventId":"$opened","reason":"x","replacement":{"data":{"stage":"nowhere"}}}""", 422, "stage-unknown")]
    [InlineData("""{"eventId":"$won","reason":"x","replacement":{"data":{"closedOn":"soon"}}}""", 422, "replacement-unreadable")]
    [InlineData("""{"eventId":"$won","reason":"x","replacement":{"data":{"amount":{"amount":"much","currency":"EUR"}}}}""", 422, "replacement-unreadable")]
    [InlineData("""{"eventId":"$won","reason":"x","replacement":{"data":{"amount":{"amount":"-1","currency":"EUR"}}}}""", 422, "amount-negative")]
    [InlineData("""{"eventId":"$won","reason":"x","replacement":{"data":{"unknown":1}}}""", 422, "replacement-unreadable")]
    [InlineData("""{"eventId":"$won","reason":"x","replacement":{"type":"rep_registered","data":{}}}""", 422, "replacement-unreadable")]
    [InlineData("""{"eventId":"$won","reason":"x","replacement":{"type":"deal_moved"}}""", 422, "replacement-unreadable")]
    public async Task A_correction_must_leave_a_possible_history(string body, int status, string code)
    {
        var id = $"bad-correction-{Guid.CreateVersion7():N}";
        await OpenAsync(id);
        await DoAsync(id, "win", Won);
        var history = await api.GetAsync($"/v1/deals/{id}/history");
        body = body.Replace("$opened", history["items.0.eventId"]).Replace("$won", history["items.1.eventId"]);
        var refused = (await api.PostAsync($"/v1/deals/{id}/corrections", body)).Expect(status);
        Assert.Equal(code, refused["code"]);
        Assert.Equal("2", (await api.GetAsync($"/v1/deals/{id}"))["version"]);
    }

    [Theory]
    [InlineData("/v1/deals/$id/stage", """{"stage":"nowhere"}""", 422, "stage-unknown", "/stage")]
    [InlineData("/v1/deals/$id/amount", """{"amount":{"amount":"-1","currency":"EUR"}}""", 422, "amount-negative", "/amount")]
    [InlineData("/v1/deals/$id/splits", """{"splits":[{"repId":"a","percent":"99.99","kind":"revenue"}]}""", 422, "splits-sum", "/splits")]
    [InlineData("/v1/deals/$id/products", """{"lines":[{"productId":"a","quantity":"0"}]}""", 422, "quantity-range", "/lines/0/quantity")]
    [InlineData("/v1/deals/$id/forecast-category", """{"category":"closed"}""", 422, "category-closed", "/category")]
    [InlineData("/v1/deals", """{"name":"x","pipelineId":"nowhere"}""", 422, "pipeline-unknown", "/pipelineId")]
    public async Task What_breaks_a_rule_is_refused_with_its_place(string path, string body, int status, string code, string pointer)
    {
        var id = $"rule-{Guid.CreateVersion7():N}";
        await OpenAsync(id);
        var refused = (await api.PostAsync(path.Replace("$id", id), body)).Expect(status);
        Assert.Equal(code, refused["code"]);
        Assert.Equal(pointer, refused["errors.0.pointer"]);
        Assert.Equal("1", (await api.GetAsync($"/v1/deals/{id}"))["version"]);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        (await api.GetAsync("/v1/deals/nobody")).Expect(404);
        (await api.GetAsync("/v1/deals/nobody/history")).Expect(404);
        Assert.Equal("deal-not-found", (await api.PostAsync("/v1/deals/nobody/stage", """{"stage":"proposal"}""")).Expect(404)["code"]);
        await OpenAsync("not-yet");
        (await api.GetAsync("/v1/deals/not-yet?asOf=2025-12-31")).Expect(404);
        Assert.Equal("deal-not-open-yet", (await api.PostAsync("/v1/deals/not-yet/stage", """{"stage":"proposal","effectiveAt":"2025-12-31"}""")).Expect(409)["code"]);
    }

    [Fact]
    public async Task A_deal_replays_in_both_orders()
    {
        await OpenAsync("replay");
        await DoAsync("replay", "win", Won);
        await DoAsync("replay", "stage", """{"stage":"proposal","effectiveAt":"2026-02-01"}""");

        var recorded = (await api.GetAsync("/v1/deals/replay/replay")).Expect(200);
        Assert.Equal(["deal_opened", "deal_won", "deal_stage_changed"], Types(recorded));
        Assert.Equal("won", recorded["items.2.state.status"]);

        var effective = (await api.GetAsync("/v1/deals/replay/replay?order=effective")).Expect(200);
        Assert.Equal(["deal_opened", "deal_stage_changed", "deal_won"], Types(effective));
        Assert.Equal("open", effective["items.1.state.status"]);
        Assert.Equal("proposal", effective["items.1.state.stage"]);

        static IEnumerable<string?> Types(ApiAnswer answer) =>
            answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("event").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_history_is_to_be_had_as_csv_and_as_lines()
    {
        await OpenAsync("formats");
        await DoAsync("formats", "reopen", "{}", 400);
        var csv = (await api.GetAsync("/v1/deals/formats/history", ("Accept", "text/csv"))).Expect(200);
        Assert.StartsWith("position,version,eventId,type,", csv.Text, StringComparison.Ordinal);
        Assert.Equal(2, csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var lines = (await api.GetAsync("/v1/deals/formats/history", ("Accept", "application/x-ndjson"))).Expect(200);
        Assert.Equal("deal_opened", lines["type"]);
        (await api.GetAsync("/v1/deals/formats/history", ("Accept", "text/html"))).Expect(406);
    }

    [Fact]
    public async Task The_actor_is_who_the_header_says()
    {
        await OpenAsync("actor");
        (await api.PostAsync("/v1/deals/actor/stage", """{"stage":"proposal"}""", ("X-Actor", "ada"))).Expect(200);
        var history = await api.GetAsync("/v1/deals/actor/history");
        Assert.Equal("dev", history["items.0.actor"]);
        Assert.Equal("ada", history["items.1.actor"]);
    }

    private Task OpenAsync(string id) =>
        DoAsync(string.Empty, string.Empty, $$"""{"id":"{{id}}","name":"Deal","effectiveAt":"2026-01-01"}""", 201);

    private async Task DoAsync(string id, string command, string body, int status = 200) =>
        (await api.PostAsync(id.Length == 0 ? "/v1/deals" : $"/v1/deals/{id}/{command}", body)).Expect(status);
}
