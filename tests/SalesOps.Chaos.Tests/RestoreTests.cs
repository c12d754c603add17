using System.Globalization;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Chaos.Tests;

/// <summary>A base backup and its archive brought to a point in time, as <c>ops/runbook.md</c> describes it.</summary>
public sealed class RestoreTests
{
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
