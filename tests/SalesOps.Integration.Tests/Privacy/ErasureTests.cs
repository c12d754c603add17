using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;
using SalesOps.Integration.Tests.Audit;
using SalesOps.Store;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Privacy;

/// <summary>Somebody is forgotten: nothing has the name any more, and everything that was proved still is.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private const string Verify = "/v1/audit/verify";

    private readonly AuditHost api = new();

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Whoever_is_erased_is_named_nowhere_and_every_proof_and_total_is_as_before()
    {
        await PostAsync("/v1/reps", """{"id":"lovelace","name":"Ada Byron","team":"north","effectiveAt":"2026-01-01"}""");
        await CorrectNameAsync("lovelace", "Ada Lovelace");
        await PostAsync("/v1/reps/lovelace/team", """{"team":"south","effectiveAt":"2026-02-01"}""");
        await PostAsync("/v1/leads", """
            {"id":"l1","name":"Grace Hopper","email":"grace@navy.example","company":"Navy","direction":"inbound","effectiveAt":"2026-01-05"}
            """);
        await PostAsync("/v1/accounts", """{"id":"acme","name":"Acme","effectiveAt":"2026-01-01"}""");
        await PostAsync("/v1/accounts/acme/contacts", Contact("kim", "Kim Novak"));
        await PostAsync("/v1/accounts/acme/contacts", Contact("lee", "Lee Marvin"));
        await PostAsync("/v1/deals", """
            {"id":"d1","name":"D","ownerId":"lovelace","amount":{"amount":"10.00","currency":"EUR"},"effectiveAt":"2026-01-10"}
            """);
        (await api.PostAsync(Verify, "{}")).Expect(200);
        var block = (await api.GetAsync("/v1/audit/blocks?limit=1")).Expect(200);
        var position = (await api.GetAsync("/v1/deals/d1/history")).Expect(200)["items.0.position"];
        var before = (await api.GetAsync($"/v1/pipeline?asOf=2026-02-15&groupBy=owner&minPosition={position}")).Expect(200);
        Assert.Equal("Ada Lovelace", before["groups.0.label"]);
        Assert.NotEmpty(await TablesWithAsync("Lovelace"));
        Assert.Equal(["rep_facts"], await TablesWithAsync("Byron"));
        // At rest the log has no name; the control is a text that is nobody's.
        Assert.DoesNotContain("mt_events", await TablesWithAsync("Lovelace"));
        Assert.Contains("mt_events", await TablesWithAsync("Navy"));

        var erased = await PostAsync("/v1/reps/lovelace/erasure", """{"reason":"request 7"}""");
        await PostAsync("/v1/leads/l1/erasure", """{"reason":"request 8"}""");
        var last = await PostAsync("/v1/accounts/acme/contacts/kim/erasure", """{"reason":"request 9"}""");
        Assert.Equal(erased["version"], (await PostAsync("/v1/reps/lovelace/erasure", """{"reason":"again"}"""))["version"]);

        var after = (await api.GetAsync($"/v1/pipeline?asOf=2026-02-15&groupBy=owner&minPosition={last["position"]}")).Expect(200);
        Assert.Equal(("erased", before["totals"]), (after["groups.0.label"], after["totals"]));
        foreach (var path in (string[])
        [
            "/v1/reps/lovelace", $"/v1/reps/lovelace?knownAt={before["asOf.knownAt"]}", "/v1/leads/l1", "/v1/leads/l1/history",
            "/v1/accounts/acme/contacts", $"/v1/audit/events?to={last["position"]}", "/v1/reps/lovelace/history",
            "/v1/leads", "/v1/audit/bundle?stream=contacts/acme",
        ])
        {
            var text = (await api.GetAsync(path)).Expect(200).Text;
            Assert.DoesNotMatch("Ada|Byron|Lovelace|Hopper|navy.example|Novak|030 1234 kim", text);
        }

        var contacts = (await api.GetAsync("/v1/accounts/acme/contacts")).Expect(200);
        Assert.Equal(("erased", "champion", "Lee Marvin"), (contacts["items.0.name"], contacts["items.0.role"], contacts["items.1.name"]));
        Assert.Empty(await TablesWithAsync("Lovelace", "Byron", "Hopper", "navy.example", "Novak"));

        // The proof: which key was forgotten, by whom and why; and all that was sealed before.
        var events = (await api.GetAsync("/v1/audit/events?type=subject_erased&stream=rep/lovelace")).Expect(200);
        Assert.Equal(
            ("rep/lovelace", "request 7", "dev"),
            (events["items.0.data.subject"], events["items.0.reason"], events["items.0.actor"]));
        Assert.Equal(64, events["items.0.data.keyHash"]!.Length);
        var verified = (await api.PostAsync(Verify, $$$"""
            {"expected":{"block":{{{block["items.0.block"]}}},"hash":"{{{block["items.0.hash"]}}}"}}
            """)).Expect(200);
        Assert.Equal(("true", "true"), (verified["ok"], verified["anchored"]));
        var recipe = await Recipe.FollowAsync((await api.GetAsync("/v1/audit/bundle?stream=rep/lovelace")).Expect(200).Text);
        Assert.Contains("\nOK\n", recipe, StringComparison.Ordinal);
        Assert.Equal("true", (await api.PostAsync("/v1/audit/replay", """{"scope":"projection"}""")).Expect(200)["ok"]);

        // Life goes on: the stream takes further facts, and a weekly import brings nobody back.
        var moved = await PostAsync("/v1/reps/lovelace/team", """{"team":"west","effectiveAt":"2026-03-01"}""");
        (await api.GetAsync($"/v1/pipeline?minPosition={moved["position"]}")).Expect(200);
        (await api.PostAsync(
            "/v1/reps", """{"id":"lovelace","name":"Ada Lovelace","team":"north","effectiveAt":"2026-01-01"}""")).Expect(200);
        await PostAsync("/v1/accounts/acme/contacts", Contact("kim", "Kim Novak"));
        await PostAsync(
            "/v1/accounts/acme/contacts",
            Contact("kim", "Kim Novak").Replace("champion", "decisionMaker", StringComparison.Ordinal));
        var again = (await api.GetAsync("/v1/accounts/acme/contacts")).Expect(200);
        Assert.Equal(("erased", "decisionMaker"), (again["items.0.name"], again["items.0.role"]));
        Assert.Equal("true", (await api.PostAsync("/v1/audit/replay", """{"scope":"projection"}""")).Expect(200)["ok"]);
        Assert.Empty(await TablesWithAsync("Lovelace", "Novak"));
    }

    [Fact]
    public async Task A_name_that_was_recorded_in_the_open_is_taken_out_and_only_it_can_be()
    {
        var store = api.Services.GetRequiredService<EventStore>();
        var open = EventEncoding.ToNewEvent(
            new RepEvent.Registered(new("Alan Turing", Team: "x")), Guid.CreateVersion7(),
            new() { EffectiveAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Actor = "old" }, "rep/alan") with
        { Personal = null };
        Assert.IsType<AppendOutcome.Appended>(await store.AppendAsync(
            new Append("*DEFAULT*", [new StreamWrite("rep/alan", 0, [open])]), default));
        await PostAsync("/v1/deals", """{"id":"t1","name":"T"}""");
        (await api.PostAsync(Verify, "{}")).Expect(200);
        var block = (await api.GetAsync("/v1/audit/blocks?limit=200")).Expect(200);
        var newest = block.Json.GetProperty("items").EnumerateArray().Last();
        Assert.Contains("mt_events", await TablesWithAsync("Turing"));

        var last = await PostAsync("/v1/reps/alan/erasure", """{"reason":"request 1"}""");
        (await api.GetAsync($"/v1/pipeline?minPosition={last["position"]}")).Expect(200);
        Assert.Empty(await TablesWithAsync("Turing"));
        var rep = (await api.GetAsync("/v1/reps/alan")).Expect(200);
        Assert.Equal(("erased", "x"), (rep["name"], rep["team"]));
        var verified = (await api.PostAsync(Verify, $$$"""
            {"expected":{"block":{{{newest.GetProperty("block")}}},"hash":"{{{newest.GetProperty("hash")}}}"}}
            """)).Expect(200);
        Assert.Equal(("true", "1"), (verified["ok"], verified["redacted"]));
        var bundle = (await api.GetAsync("/v1/audit/bundle?stream=rep/alan")).Expect(200).Text;
        Assert.Contains("\nOK\n", await Recipe.FollowAsync(bundle), StringComparison.Ordinal);
        var doctored = JsonNode.Parse(bundle)!;
        var bytes = Convert.FromBase64String(doctored["events"]![0]!["leafBytes"]!.GetValue<string>());
        doctored["events"]![0]!["leafBytes"] = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(bytes)[..^1] + " "));
        Assert.Contains("redacted by nobody", await Recipe.FollowAsync(doctored.ToJsonString()), StringComparison.Ordinal);

        // What is left is under the proof again, and no other event can be passed off as redacted.
        var position = (await api.GetAsync("/v1/reps/alan/history")).Expect(200)["items.0.position"]!;
        await api.TamperAsync($"update mt_events set data = jsonb_set(data, '{{profile,team}}', '\"y\"') where seq_id = {position}");
        Assert.Equal(("false", position), await BadAsync());
        await api.TamperAsync($"update mt_events set data = jsonb_set(data, '{{profile,team}}', '\"x\"') where seq_id = {position}");
        Assert.Equal(("true", null), await BadAsync());
        var deal = (await api.GetAsync("/v1/deals/t1/history")).Expect(200)["items.0.position"]!;
        await api.TamperAsync($"""
            insert into redacted_event select tenant_id, {deal}, was, now, erased_by from redacted_event limit 1;
            update mt_events set data = data || '{"{"}"name":"U"{"}"}' where seq_id = {deal}
            """);
        Assert.Equal(("false", deal), await BadAsync());
        await api.TamperAsync($"""
            delete from redacted_event where seq_id = {deal};
            update mt_events set data = data || '{"{"}"name":"T"{"}"}' where seq_id = {deal}
            """);
        await api.TamperAsync("delete from redacted_event");
        Assert.Equal(("false", position), await BadAsync());
    }

    [Fact]
    public async Task Nobody_is_erased_who_is_not_there_and_the_reason_is_asked_for()
    {
        (await api.PostAsync("/v1/reps/nobody/erasure", """{"reason":"r"}""")).Expect(404);
        (await api.PostAsync("/v1/accounts/none/contacts/none/erasure", """{"reason":"r"}""")).Expect(404);
        (await api.PostAsync("/v1/reps/nobody/erasure", "{}")).Expect(400);
    }

    private static string Contact(string id, string name) => $$"""
        {"id":"{{id}}","name":"{{name}}","title":"Head {{name}}","role":"champion","email":"{{name.Replace(' ', '.')}}@acme.example",
         "phone":"030 1234 {{id}}","effectiveAt":"2026-01-02"}
        """;

    private async Task CorrectNameAsync(string rep, string name)
    {
        var id = (await api.GetAsync($"/v1/reps/{rep}/history")).Expect(200)["items.0.eventId"];
        await PostAsync($"/v1/reps/{rep}/corrections", $$"""
            {"eventId":"{{id}}","reason":"married","replacement":{"data":{"profile":{"name":"{{name}}","team":"north"} } } }
            """);
    }

    private async Task<(string? Ok, string? FirstBad)> BadAsync()
    {
        var answer = (await api.PostAsync(Verify, "{}")).Expect(200);
        return (answer["ok"], answer["firstBad"]);
    }

    private async Task<ApiAnswer> PostAsync(string path, string body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, answer.Text);
        return answer;
    }

    /// <summary>Every table of the schema that has any of the texts in any column of any row.</summary>
    private async Task<string[]> TablesWithAsync(params string[] texts)
    {
        await using var source = NpgsqlDataSource.Create(api.ConnectionString);
        var tables = new List<string>();
        await using (var all = source.CreateCommand("select tablename from pg_tables where schemaname = current_schema() order by 1"))
        {
            await using var rows = await all.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                tables.Add(rows.GetString(0));
            }
        }

        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var any = source.CreateCommand($"select exists (select from \"{table}\" t where t::text ~ $1)");
            any.Parameters.Add(new() { Value = string.Join('|', texts) });
            if (await any.ExecuteScalarAsync() is true)
            {
                found.Add(table);
            }
        }

        return [.. found];
    }
}
