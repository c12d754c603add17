using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace SalesOps.Chaos.Tests;

/// <summary>
/// P1 and P2 under faults. <c>SALESOPS_CHAOS_SECONDS</c> says how long each goes on, <c>SALESOPS_SEED</c> repeats one that
/// failed.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_program_is_killed()
    {
        await using var scenario = await Scenario.StartAsync(output);
        await scenario.RunAsync("kill -9 of the program", random => scenario.AnyNode(random).KillAsync());
    }

    [Fact]
    public async Task One_of_two_programs_is_killed()
    {
        await using var scenario = await Scenario.StartAsync(output, processes: 2);
        await scenario.RunAsync("kill -9 of one of two programs", random => scenario.AnyNode(random).KillAsync());
    }

    [Fact]
    public async Task The_database_is_killed()
    {
        await using var scenario = await Scenario.StartAsync(output);
        await scenario.RunAsync("kill -9 of PostgreSQL", async random =>
        {
            await scenario.Cluster.KillAsync();
            await Task.Delay(random.Next(300));
            await scenario.Cluster.StartAsync();
        });
    }

    [Fact]
    public async Task The_database_stops_at_once()
    {
        await using var scenario = await Scenario.StartAsync(output);
        await scenario.RunAsync("immediate stop of PostgreSQL", async random =>
        {
            await scenario.Cluster.StopImmediatelyAsync();
            await Task.Delay(random.Next(300));
            await scenario.Cluster.StartAsync();
        });
    }

    [Fact]
    public async Task The_database_is_paused()
    {
        await using var scenario = await Scenario.StartAsync(output);
        await scenario.RunAsync("PostgreSQL paused", async random =>
        {
            await scenario.Cluster.FreezeAsync();
            await Task.Delay(random.Next(200, 3_000));
            await scenario.Cluster.ThawAsync();
        });
    }

    [Fact]
    public async Task The_network_to_the_database_cuts_replies_stalls_and_delays()
    {
        FaultProxy? proxy = null;
        await using var scenario = await Scenario.StartAsync(output, through: connection =>
        {
            var server = new NpgsqlConnectionStringBuilder(connection);
            proxy = new FaultProxy(server.Port);
            return new NpgsqlConnectionStringBuilder(connection)
            {
                Host = "127.0.0.1",
                Port = proxy.Port,
                SslMode = SslMode.Disable,
            }.ConnectionString;
        });
        await scenario.RunAsync("network to PostgreSQL", async random =>
        {
            switch (random.Next(3))
            {
                case 0:
                    proxy!.CutReplies(random.Next(1, 8));
                    break;
                case 1:
                    proxy!.Delay = TimeSpan.FromMilliseconds(random.Next(5, 50));
                    await Task.Delay(random.Next(500));
                    proxy.Delay = TimeSpan.Zero;
                    break;
                default:
                    proxy!.Delay = Timeout.InfiniteTimeSpan;
                    await Task.Delay(random.Next(200, 2_000));
                    proxy.Delay = TimeSpan.Zero;
                    break;
            }
        });
        await proxy!.DisposeAsync();
    }

    [DiskFact]
    public async Task The_disk_is_full()
    {
        await using var scenario = await Scenario.StartAsync(output, disk: 200);
        var ballast = Path.Combine(scenario.Cluster.DirectoryName, "ballast");
        await scenario.RunAsync("disk full", async random =>
        {
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                await using var file = File.Create(ballast);
                while (true)
                {
                    await file.WriteAsync(new byte[1 << 16]);
                }
            });
            await Task.Delay(random.Next(500, 2_000));
            File.Delete(ballast);
            if (scenario.Cluster.ServerPid is null)
            {
                await scenario.Cluster.StartAsync();
            }
        });
    }

    [Fact]
    public async Task Answers_are_lost_and_requests_doubled()
    {
        await using var scenario = await Scenario.StartAsync(output, handler: seed => new LossyHandler(seed));
        await scenario.RunAsync("answers lost, requests doubled", _ => Task.CompletedTask);
    }
}
