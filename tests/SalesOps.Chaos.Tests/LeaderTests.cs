using System.Globalization;
using System.Text.Json;
using Npgsql;
using SalesOps.Testing;
using Xunit;
using Xunit.Abstractions;

namespace SalesOps.Chaos.Tests;

/// <summary>
/// Two processes on one database, of which the one that leads the projections is killed over and over while deals are won:
/// read tables go on, pay is posted once, and whoever follows the live stream misses nothing and sees nothing twice.
/// </summary>
public sealed class LeaderTests(ITestOutputHelper output)
{
    private const int Followers = 4;

    [Fact]
    public async Task The_leader_is_killed_and_pay_is_posted_once_and_streams_go_on()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("SALESOPS_SEED") ?? $"{Environment.TickCount}", CultureInfo.InvariantCulture);
        var random = new Random(seed);
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var one = await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler());
        await using var two = await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler());
        Node[] nodes = [one, two];
        await PostAsync("/v1/reps", """{"id":"ada","name":"Ada","effectiveAt":"2026-01-01"}""");
        await PostAsync("/v1/comp-plans", """
            {"id":"flat","name":"Flat","currency":"EUR","period":"month","payOn":"booking","components":[{"id":"base",
             "measure":"bookings","rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.10"}]}}]}
            """);
        await PostAsync("/v1/comp-plans/flat/publish", "{}");
        await PostAsync("/v1/reps/ada/plan-assignments", """{"planId":"flat","effectiveFrom":"2026-01-01"}""");

        using var stop = new CancellationTokenSource();
        Follower[] followers = [.. Enumerable.Range(0, Followers).Select(i => new Follower(() => nodes[random.Next(2)].Address))];
        var following = followers.Select(follower => follower.RunAsync(stop.Token)).ToArray();

        using var time = new CancellationTokenSource(Scenario.Duration);
        var (won, kills) = (0, 0);
        var winning = WinAsync();
        while (!time.IsCancellationRequested)
        {
            await Task.Delay(random.Next(500, 1_500));
            await nodes[await LeaderAsync()].KillAsync();
            kills++;
        }

        await winning;
        foreach (var node in nodes)
        {
            await node.ReadyAsync();
        }

        // Each deal of 100.00 pays 10.00, once, whoever posted it and however often it was begun.
        var expected = (won * 10m).ToString("0.00", CultureInfo.InvariantCulture);
        var statement = await StatementAsync(expected);
        Assert.True(statement == expected, $"SALESOPS_SEED={seed}: {statement} is posted where {expected} is due.");
        Assert.Equal(0L, await ScalarAsync("""
            select count(*) from (select credit_id, account from ledger_entries where rule = 'marginal'
                                  group by credit_id, account having count(*) > 1) twice
            """));

        var head = (long)(await ScalarAsync("select last_seq from log_head"))!;
        foreach (var follower in followers)
        {
            for (var tries = 0; tries < 300 && follower.Positions.LastOrDefault() < head; tries++)
            {
                await Task.Delay(100);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(following);
        Assert.All(followers, follower =>
            Assert.Equal(Enumerable.Range(1, (int)head).Select(position => (long)position), follower.Positions.Take((int)head)));
        var breaks = followers.Sum(follower => follower.Breaks);
        Assert.True(kills > 0 && breaks > 0 && won > 0, $"{kills} kills, {breaks} broken streams, {won} deals prove nothing.");
        Assert.Equal(0, await Node.RunAsync(cluster.ConnectionString, "verify"));
        output.WriteLine(
            $"kill -9 of the leader: {kills} faults, {won} deals paid once, {head} events; {Followers} streams broke {breaks} times: " +
            "lost 0, doubled 0");

        async Task WinAsync()
        {
            while (!time.IsCancellationRequested)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"d{won + 1}");
                await PostAsync("/v1/deals", $$$"""
                    {"id":"{{{id}}}","name":"D","ownerId":"ada","amount":{"amount":"100.00","currency":"EUR"},"effectiveAt":"2026-01-02"}
                    """);
                await PostAsync($"/v1/deals/{id}/win", """{"closedOn":"2026-01-20"}""");
                won++;
            }
        }

        // Whichever answers, with the same key until one does.
        async Task PostAsync(string path, string body)
        {
            var key = $"{path} {body.GetHashCode(StringComparison.Ordinal)}";
            for (var tries = 0; ; tries++)
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
                    {
                        Content = new StringContent(body, null, "application/json"),
                    };
                    request.Headers.Add("Idempotency-Key", key);
                    using var answer = await nodes[tries % 2].Client.SendAsync(request);
                    if (answer.IsSuccessStatusCode)
                    {
                        return;
                    }

                    Assert.True((int)answer.StatusCode >= 500, await answer.Content.ReadAsStringAsync());
                }
                catch (Exception trouble) when (trouble is HttpRequestException or TaskCanceledException or IOException)
                {
                    // It was killed.
                }

                Assert.True(tries < 200, $"{path} is answered by nobody.");
                await Task.Delay(100);
            }
        }

        async Task<string> StatementAsync(string due)
        {
            var earned = string.Empty;
            for (var tries = 0; tries < 60 && earned != due; tries++)
            {
                var read = await nodes[tries % 2].GetAsync("/v1/reps/ada/statements/2026-01");
                earned = read.TryGetProperty("totals", out var totals)
                    ? totals.GetProperty("earned").GetProperty("amount").GetString()! : string.Empty;
                await Task.Delay(200);
            }

            return earned;
        }

        async Task<object?> ScalarAsync(string sql)
        {
            await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync();
        }

        // The one whose readiness says that it leads; either where nobody says so at the moment.
        async Task<int> LeaderAsync()
        {
            for (var node = 0; node < nodes.Length; node++)
            {
                if ((await nodes[node].GetAsync("/health/ready")).GetRawText().Contains("\"isLeader\":true", StringComparison.Ordinal))
                {
                    return node;
                }
            }

            return random.Next(nodes.Length);
        }
    }
}
