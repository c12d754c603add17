using System.Globalization;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Chaos.Tests;

/// <summary>Backups, as <c>ops/runbook.md</c> describes them, and what an earlier release left behind.</summary>
public sealed class RestoreTests
{
    /// <summary>The last event of the dump was recorded then.</summary>
    private const string KnownAt = "2026-11-25T14:26:19.181615Z";

    [Fact]
    public async Task The_database_of_an_earlier_release_is_taken_over_with_all_its_answers()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await cluster.PsqlAsync($"\\i {AppContext.BaseDirectory}/samples/release-0.1.0.sql");
        await using var node = await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler());
        await AssertSameAsync();
        Assert.Equal(0, await Node.RunAsync(cluster.ConnectionString, "verify"));
        await OpenAsync(node, 1, 10);
        Assert.Equal(0, await Node.RunAsync(cluster.ConnectionString, "rebuild", "facts"));
        await AssertSameAsync();

        // The key that a client used then still answers it.
        using var repeated = new HttpRequestMessage(HttpMethod.Post, "/v1/deals/d1/corrections")
        {
            Content = new StringContent(
                """{"eventId":"01a21319-aa05-77be-ab25-5d6028d8b6fa","reason":"signed later","replacement":{"data":{"closedOn":"2026-03-22"}}}""",
                null, "application/json"),
            Headers = { { "Idempotency-Key", "fix" } },
        };
        using var answer = await node.Client.SendAsync(repeated);
        Assert.Equal("""{"id":"d1","version":3,"position":45}""", await answer.Content.ReadAsStringAsync());

        async Task AssertSameAsync()
        {
            var pipeline = await node.GetAsync($"/v1/pipeline?asOf=2026-02-28&groupBy=owner&knownAt={KnownAt}");
            Assert.Equal(
                """{"deals":6,"withoutAmount":2,"amounts":[{"amount":"6000.00","currency":"EUR"},{"amount":"16121000.00","currency":"USD"}],"weighted":[{"amount":"600.00","currency":"EUR"},{"amount":"8060500.00","currency":"USD"}],"withoutProbability":0,"omitted":0}""",
                pipeline.GetProperty("totals").GetRawText());
            var rate = await node.GetAsync($"/v1/metrics/win-rate?from=2010-01-01&to=2027-01-01&asOf=2026-11-25&knownAt={KnownAt}");
            Assert.Equal("0.6", rate.GetProperty("items")[0].GetProperty("rate").GetString());
        }
    }

    [Fact]
    public async Task What_was_restored_to_a_point_in_time_is_whole_and_goes_on()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await cluster.ArchiveAsync();
        await using (var before = await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler()))
        {
            await OpenAsync(before, 1, 50);
            await cluster.BaseBackUpAsync();
            await OpenAsync(before, 51, 60);
            await before.GetAsync("/v1/pipeline?minPosition=110");
            await cluster.PsqlAsync("select pg_create_restore_point('noon')");
            await OpenAsync(before, 111, 40);
            await cluster.PsqlAsync("select pg_switch_wal()");
        }

        await cluster.RestoreToAsync("noon");

        await using var after = await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler());
        Assert.Equal("110", (await cluster.PsqlAsync("select last_seq from log_head")).Trim());
        Assert.Equal(110, (await after.GetAsync("/v1/pipeline")).GetProperty("totals").GetProperty("deals").GetInt32());
        Assert.Equal(0, await Node.RunAsync(cluster.ConnectionString, "verify"));
        await OpenAsync(after, 111, 10);
        Assert.Equal(120, (await after.GetAsync("/v1/pipeline?minPosition=120")).GetProperty("totals").GetProperty("deals").GetInt32());
        Assert.Equal(0, await Node.RunAsync(cluster.ConnectionString, "rebuild", "facts"));
        Assert.Equal(120, (await after.GetAsync("/v1/pipeline?minPosition=120")).GetProperty("totals").GetProperty("deals").GetInt32());
    }

    private static async Task OpenAsync(Node node, int first, int deals)
    {
        for (var deal = first; deal < first + deals; deal++)
        {
            var id = deal.ToString(CultureInfo.InvariantCulture);
            using var made = await node.Client.PostAsync(
                new Uri("/v1/deals", UriKind.Relative), new StringContent($$"""{"id":"{{id}}","name":"d"}""", null, "application/json"));
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        }
    }
}
