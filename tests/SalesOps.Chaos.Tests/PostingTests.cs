using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Npgsql;
using SalesOps.Testing;
using Xunit;
using Xunit.Abstractions;

namespace SalesOps.Chaos.Tests;

/// <summary>
/// Two programs on one database reckon and post pay while deals are won and months are closed, and are killed in turn, so
/// that the one that leads is among them: in the end every deal is posted once, and nothing in a month that was closed.
/// </summary>
public sealed class PostingTests(ITestOutputHelper output)
{
    private const int Sellers = 3;
    private const int KillsMin = 4;
    private const decimal Rate = 0.075m;

    private static readonly TimeSpan longestClose = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Pay_is_posted_once_by_two_programs_that_are_killed_in_turn_also_across_a_close()
    {
        var seed = int.Parse(
            Environment.GetEnvironmentVariable("SALESOPS_SEED") ?? $"{Environment.TickCount}", CultureInfo.InvariantCulture);
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var one = await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler());
        await using var other = await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler());
        var world = new World([one, other], seed);
        await world.BeginAsync(Sellers);

        using var stop = new CancellationTokenSource();
        Task[] work =
        [
            .. Enumerable.Range(0, Sellers).Select(seller => world.SellAsync(seller, stop.Token)),
            world.CloseAsync("2026-01", longestClose),
        ];
        var kills = 0;
        var random = new Random(seed);
        var began = Stopwatch.GetTimestamp();
        while (kills < KillsMin || Stopwatch.GetElapsedTime(began) < Scenario.Duration)
        {
            await Task.Delay(random.Next(200, 1_200));
            await (kills++ % 2 == 0 ? one : other).KillAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(work);
        await world.CloseAsync("2026-02", longestClose);
        for (var seller = 0; seller < Sellers; seller++)
        {
            await world.AssertPaidAsync(seller);
        }

        var wrong = await WrongAsync(cluster.ConnectionString, world);
        output.WriteLine($"{kills} kills, {world.Sold.Count} deals, {wrong.Count} posted wrongly");
        Assert.True(wrong.Count == 0, $"SALESOPS_SEED={seed}:\n{string.Join('\n', wrong.Take(20))}");
        Assert.True(world.Sold.Count > Sellers, "Nobody sold anything.");
        Assert.Equal(0, await Node.RunAsync(cluster.ConnectionString, "verify"));
    }

    [Theory]
    [InlineData("twice")]
    [InlineData("never")]
    [InlineData("closed")]
    public async Task What_is_posted_wrongly_is_found(string how)
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var node = await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler());
        var world = new World([node], seed: 1);
        await world.BeginAsync(1);
        await world.SellOneAsync(0, 0, month: 1);
        await world.CloseAsync("2026-01", longestClose);
        await world.AssertPaidAsync(0);
        Assert.Empty(await WrongAsync(cluster.ConnectionString, world));

        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        var change = how switch
        {
            "twice" => "data = jsonb_set(data, '{lines}', (data -> 'lines') || (data -> 'lines'))",
            "never" => "data = jsonb_set(data, '{lines}', '[]')",
            _ => "seq_id = seq_id + 1000",
        };
        await using var forge = source.CreateCommand(
            $"alter table mt_events disable trigger user; update mt_events set {change} where type = 'journal_posted'");
        await forge.ExecuteNonQueryAsync();
        Assert.NotEmpty(await WrongAsync(cluster.ConnectionString, world));
    }

    /// <summary>What the log says of each deal's pay against what was sold, and of each closed month.</summary>
    private static async Task<IReadOnlyList<string>> WrongAsync(string connection, World world)
    {
        const string journals = "select seq_id, data::text from mt_events where type = 'journal_posted' order by seq_id";
        const string closings = "select stream_id, seq_id from mt_events where type = 'period_closing'";
        await using var source = NpgsqlDataSource.Create(connection);
        var closed = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var command = source.CreateCommand(closings))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                closed.Add(rows.GetString(0)["period/".Length..], rows.GetInt64(1));
            }
        }

        var wrong = new List<string>();
        var posted = new List<(string Deal, string Kind, decimal Amount)>();
        await using (var command = source.CreateCommand(journals))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                var journal = JsonElement.Parse(rows.GetString(1));
                var month = journal.GetProperty("period").GetString()!;
                if (closed.TryGetValue(month, out var closing) && closing < rows.GetInt64(0))
                {
                    wrong.Add($"posted at {rows.GetInt64(0)} in {month}, which was closed at {closing}");
                }

                posted.AddRange(journal.GetProperty("lines").EnumerateArray().Select(line => (
                    line.GetProperty("dealId").GetString()!, line.GetProperty("kind").GetString()!,
                    decimal.Parse(line.GetProperty("amount").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture))));
            }
        }

        foreach (var kind in new[] { "earned", "released" })
        {
            var lines = posted.Where(line => line.Kind == kind).ToLookup(line => line.Deal, line => line.Amount);
            wrong.AddRange(world.Sold.Where(sold => !lines[sold.Key].SequenceEqual([sold.Value]))
                .Select(sold => $"{sold.Key} {kind}: {string.Join(" + ", lines[sold.Key])} for {sold.Value}"));
            wrong.AddRange(lines.Where(line => !world.Sold.ContainsKey(line.Key)).Select(line => $"{line.Key} was never sold"));
        }

        return wrong;
    }

    /// <summary>What is told to the programs. Whatever comes of a request, it is repeated by its key until it is known.</summary>
    private sealed class World(Node[] nodes, int seed)
    {
        private readonly Lock gate = new();
        private readonly Dictionary<string, decimal> sold = new(StringComparer.Ordinal);
        private string? refusal;

        /// <summary>The pay of each deal.</summary>
        public Dictionary<string, decimal> Sold => sold;

        public async Task BeginAsync(int sellers)
        {
            await PostAsync("comp-plans", """
                {"id":"flat","name":"Flat","currency":"EUR","period":"month","payOn":"booking","components":[{"id":"base",
                 "measure":"bookings","rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.075"}]}}]}
                """);
            await PostAsync("comp-plans/flat/publish", "{}");
            for (var seller = 0; seller < sellers; seller++)
            {
                await PostAsync("reps", $$"""{"id":"r{{seller}}","name":"r{{seller}}","effectiveAt":"2025-01-01"}""");
                await PostAsync($"reps/r{seller}/plan-assignments", """{"planId":"flat","effectiveFrom":"2026-01-01"}""");
            }
        }

        public async Task SellAsync(int seller, CancellationToken stop)
        {
            var random = new Random((seed * Sellers) + seller);
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                await SellOneAsync(seller, number, random.Next(1, 4));
            }
        }

        public async Task SellOneAsync(int seller, int number, int month)
        {
            var id = $"d{seller}-{number}";
            var amount = ((number * 7_919) + (seller * 104_729) + 137) % 1_000_000 / 100m;
            await PostAsync("deals", string.Create(CultureInfo.InvariantCulture, $$"""
                {"id":"{{id}}","name":"{{id}}","ownerId":"r{{seller}}","amount":{"amount":"{{amount:0.00}}","currency":"EUR"},
                 "effectiveAt":"2026-01-01"}
                """));
            await PostAsync($"deals/{id}/win", $$"""{"closedOn":"2026-0{{month}}-15"}""");
            lock (gate)
            {
                sold.Add(id, decimal.Round(amount * Rate, 2, MidpointRounding.AwayFromZero));
            }
        }

        /// <summary>Closes a month, and the ones before it; while the gates say no, asks again.</summary>
        public async Task CloseAsync(string month, TimeSpan longest)
        {
            var began = Stopwatch.GetTimestamp();
            while (await TryPostAsync($"periods/{month}/close", "{}", $"close {month}", CancellationToken.None) != HttpStatusCode.OK)
            {
                Assert.True(Stopwatch.GetElapsedTime(began) < longest, $"{month} is not closed: {refusal}");
                await Task.Delay(100);
            }
        }

        /// <summary>Both programs say what a seller earned.</summary>
        public async Task AssertPaidAsync(int seller)
        {
            var pay = sold.Where(deal => deal.Key.StartsWith($"d{seller}-", StringComparison.Ordinal)).Sum(deal => deal.Value);
            foreach (var node in nodes)
            {
                var log = await node.GetAsync("/v1/ledger/trial-balance?asOf=2026-12-31");
                Assert.True(log.GetProperty("balanced").GetBoolean());
                var statement = await node.GetAsync($"/v1/reps/r{seller}/statements/2026");
                Assert.Equal(
                    pay.ToString("0.00", CultureInfo.InvariantCulture),
                    statement.GetProperty("totals").GetProperty("payable").GetProperty("amount").GetString());
            }
        }

        private async Task PostAsync(string path, string body)
        {
            var key = Guid.CreateVersion7().ToString();
            for (var tries = 0; ; tries++)
            {
                var status = await TryPostAsync(path, body, key, CancellationToken.None);
                if (status is HttpStatusCode.OK or HttpStatusCode.Created)
                {
                    return;
                }

                Assert.True(
                    tries < 300 && status is null or >= HttpStatusCode.InternalServerError, $"{path}: {status} after {tries} tries");
                await Task.Delay(100);
            }
        }

        /// <summary>Null where no answer came.</summary>
        private async Task<HttpStatusCode?> TryPostAsync(string path, string body, string key, CancellationToken cancellation)
        {
            var node = nodes[Math.Abs(HashCode.Combine(key, Environment.TickCount)) % nodes.Length];
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{path}")
            {
                Content = new StringContent(body, null, "application/json"),
            };
            request.Headers.Add("Idempotency-Key", key);
            try
            {
                using var answer = await node.Client.SendAsync(request, cancellation);
                var text = await answer.Content.ReadAsStringAsync(cancellation);
                refusal = answer.IsSuccessStatusCode ? refusal : text;
                return answer.StatusCode;
            }
            catch (Exception trouble) when (trouble is HttpRequestException or IOException
                || (trouble is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                return null;
            }
        }
    }
}
