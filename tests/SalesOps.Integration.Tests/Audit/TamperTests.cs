using System.Globalization;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Audit;

/// <summary>
/// Whatever is done to the log behind the program's back is named by the endpoint, and by <c>verify</c> on the command line
/// against a hash that was kept outside.
/// </summary>
public sealed class TamperTests : IAsyncLifetime
{
    /// <summary>What is done, and the position that is to be named; {n} is that of the second event.</summary>
    private static readonly (string Sql, int Bad)[] tamperings =
    [
        ("update mt_events set tenant_id = 'x' where seq_id = 2", 2),
        ("update mt_events set seq_id = 99 where seq_id = 2", 2),
        ("update mt_events set id = gen_random_uuid() where seq_id = 2", 2),
        ("update mt_events set stream_id = 'deal/x' where seq_id = 2", 2),
        ("update mt_events set version = 99 where seq_id = 2", 2),
        ("update mt_events set type = 'deal_renamed' where seq_id = 2", 2),
        ("update mt_events set timestamp = timestamp + interval '1 microsecond' where seq_id = 2", 2),
        ("update mt_events set correlation_id = 'x' where seq_id = 2", 2),
        ("update mt_events set causation_id = 'x' where seq_id = 2", 2),
        ("update mt_events set mt_dotnet_type = 'x' where seq_id = 2", 2),
        ("update mt_events set is_archived = true where seq_id = 2", 2),
        ("update mt_events set headers = headers || '{\"actor\":\"eve\"}' where seq_id = 2", 2),
        ("update mt_events set data = data || '{\"stage\":\"negotiation\"}' where seq_id = 2", 2),
        ("delete from mt_events where seq_id = 2", 2),
        ("update mt_events set seq_id = -2 where seq_id = 2; update mt_events set seq_id = 2 where seq_id = 3; "
            + "update mt_events set seq_id = 3 where seq_id = -2", 2),
        ("insert into mt_events select 0, gen_random_uuid(), 'deal/x', 1, data, type, timestamp, tenant_id from mt_events where seq_id = 2", 0),
        ("delete from mt_events where seq_id = 4", 4),
    ];

    private readonly AuditHost api = new();

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task The_endpoint_names_every_tampering_and_the_command_line_against_what_was_kept()
    {
        foreach (var deal in (string[])["d1", "d2"])
        {
            (await api.PostAsync("/v1/deals", $$"""{"id":"{{deal}}","name":"D"}""")).Expect(201);
            (await api.PostAsync($"/v1/deals/{deal}/stage", """{"stage":"proposal"}""")).Expect(200);
            (await api.PostAsync("/v1/audit/verify", "{}")).Expect(200);
        }

        var last = (await api.GetAsync("/v1/audit/blocks?limit=200")).Expect(200).Json.GetProperty("items").EnumerateArray().Last();
        var (block, hash) = (last.GetProperty("block").GetInt64(), last.GetProperty("hash").GetString()!);
        var anchor = string.Create(CultureInfo.InvariantCulture, $"{block}:{hash}");
        var expected = string.Create(
            CultureInfo.InvariantCulture, $"{{\"expected\":{{\"block\":{block},\"hash\":\"{hash}\"}}}}");
        await api.TamperAsync("create table kept as table mt_events; create table kept_blocks as table notary_block");

        foreach (var (sql, position) in tamperings)
        {
            await api.TamperAsync(sql);
            var bad = (await api.PostAsync("/v1/audit/verify", expected)).Expect(200);
            Assert.True(
                (bad["ok"], bad["firstBad"]) == ("false", position.ToString(CultureInfo.InvariantCulture)), $"{sql}: {bad.Text}");
            await RestoreAsync();
        }

        var sound = (await api.PostAsync("/v1/audit/verify", expected)).Expect(200);
        Assert.Equal(("true", "true"), (sound["ok"], sound["anchored"]));
        Assert.Contains("4 events in", await VerifyAsync(0, "--anchor", anchor), StringComparison.Ordinal);

        await api.TamperAsync(tamperings[12].Sql);
        Assert.Contains("Position 2: ", await VerifyAsync(1, "--anchor", anchor), StringComparison.Ordinal);
        await RestoreAsync();

        // Whoever cuts the tail with all that counts it leaves a sound log: only what was kept outside tells.
        await api.TamperAsync("""
            delete from mt_events where seq_id > 2; delete from notary_block where last_seq > 2;
            update log_head set last_seq = 2, last_recorded_at = (select timestamp from mt_events where seq_id = 2);
            update mt_event_progression set last_seq_id = least(last_seq_id, 2)
            """);
        Assert.Contains("2 events in", await VerifyAsync(0), StringComparison.Ordinal);
        Assert.Contains($"expected block {block} is missing", await VerifyAsync(1, "--anchor", anchor), StringComparison.Ordinal);
        Assert.Equal("false", (await api.PostAsync("/v1/audit/verify", expected)).Expect(200)["ok"]);
    }

    [Fact]
    public async Task A_clock_that_goes_back_leaves_the_log_in_order_and_answers_what_they_were()
    {
        (await api.PostAsync("/v1/deals", """{"id":"c1","name":"D"}""")).Expect(201);
        await api.TamperAsync("update log_head set last_recorded_at = last_recorded_at + interval '1 hour'");
        var position = string.Empty;
        foreach (var stage in (string[])["proposal", "negotiation"])
        {
            position = (await api.PostAsync("/v1/deals/c1/stage", $$"""{"stage":"{{stage}}"}""")).Expect(200)["position"];
        }

        var events = (await api.GetAsync("/v1/audit/events")).Expect(200);
        var times = Enumerable.Range(0, 3).Select(i => DateTimeOffset.Parse(events[$"items.{i}.recordedAt"]!, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(times[1] - times[0] >= TimeSpan.FromHours(1), "The clock of the test did not go back.");
        Assert.Equal(TimeSpan.FromMicroseconds(1), times[2] - times[1]);

        var answer = (await api.GetAsync($"/v1/pipeline?groupBy=stage&minPosition={position}")).Expect(200);
        var knownAt = answer["asOf.knownAt"];
        Assert.Equal(times[2], DateTimeOffset.Parse(knownAt!, CultureInfo.InvariantCulture));
        Assert.Equal(answer.Text, (await api.GetAsync($"/v1/pipeline?groupBy=stage&knownAt={knownAt}")).Expect(200).Text);
        var earlier = (await api.GetAsync($"/v1/deals/c1?knownAt={times[1]:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}")).Expect(200);
        Assert.Equal("proposal", earlier["stage"]);
        Assert.Equal("known-at-in-future", (await api.GetAsync("/v1/pipeline?knownAt=2100-01-01T00:00:00Z")).Expect(422)["errors.0.code"]);
        Assert.Equal("true", (await api.PostAsync("/v1/audit/verify", "{}")).Expect(200)["ok"]);
    }

    private Task RestoreAsync() => api.TamperAsync("""
        delete from mt_events; insert into mt_events select * from kept;
        delete from notary_block; insert into notary_block select * from kept_blocks
        """);

    private async Task<string> VerifyAsync(int exit, params string[] arguments)
    {
        await using var program = ProgramProcess.Start(
            new Dictionary<string, string> { ["ConnectionStrings__SalesOps"] = api.ConnectionString }, ["verify", .. arguments]);
        Assert.True(await program.ExitAsync() == exit, program.Output);
        return program.Output;
    }
}
