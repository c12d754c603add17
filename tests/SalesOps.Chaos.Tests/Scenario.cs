using System.Globalization;
using Npgsql;
using SalesOps.Testing;
using Xunit;
using Xunit.Abstractions;

namespace SalesOps.Chaos.Tests;

/// <summary>
/// A cluster, one or more processes of the program and eight clients, while faults come; in the end the clients' history
/// is held against the log, and the log against its proofs.
/// </summary>
internal sealed class Scenario : IAsyncDisposable
{
    private const int Clients = 8;

    private readonly ITestOutputHelper output;
    private readonly Random random;
    private readonly int seed;
    private readonly string connection;
    private readonly List<Node> nodes = [];

    private Scenario(ITestOutputHelper output, PrivateCluster cluster, string connection)
    {
        (this.output, Cluster, this.connection) = (output, cluster, connection);
        seed = int.Parse(Environment.GetEnvironmentVariable("SALESOPS_SEED") ?? $"{Environment.TickCount}", CultureInfo.InvariantCulture);
        random = new Random(seed);
    }

    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(double.Parse(
        Environment.GetEnvironmentVariable("SALESOPS_CHAOS_SECONDS") ?? "8", CultureInfo.InvariantCulture));

    public PrivateCluster Cluster { get; }

    public History History { get; } = new();

    /// <summary>Starts everything and makes the deals that the clients share.</summary>
    /// <param name="disk">Megabytes of the disk that the cluster has for itself; null for the machine's.</param>
    /// <param name="through">The program's connection string, given the cluster's; for a proxy in between.</param>
    /// <param name="handler">What stands between a client and its server, by the seed.</param>
    public static async Task<Scenario> StartAsync(
        ITestOutputHelper output, int processes = 1, int? disk = null, Func<string, string>? through = null,
        Func<int, HttpMessageHandler>? handler = null)
    {
        var cluster = await PrivateCluster.CreateAsync(disk);
        var scenario = new Scenario(output, cluster, through?.Invoke(cluster.ConnectionString) ?? cluster.ConnectionString);
        for (var process = 0; process < processes; process++)
        {
            scenario.nodes.Add(await Node.StartAsync(scenario.connection, handler?.Invoke(scenario.seed) ?? new SocketsHttpHandler()));
        }

        for (var deal = 0; deal < Client.SharedDeals; deal++)
        {
            using var made = await scenario.nodes[0].Client.PostAsync(
                new Uri("/v1/deals", UriKind.Relative),
                new StringContent(
                    $$$"""{"id":"shared-{{{deal}}}","name":"d","amount":{"amount":"0.00","currency":"EUR"}}""", null, "application/json"));
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        }

        return scenario;
    }

    public Node AnyNode(Random random) => nodes[random.Next(nodes.Count)];

    /// <summary>Lets the clients work while a fault is done over and over, then checks everything.</summary>
    /// <param name="fault">Does it once and undoes it; what it is handed says how long to wait in between.</param>
    public async Task RunAsync(string name, Func<Random, Task> fault)
    {
        using var stop = new CancellationTokenSource(Duration);
        var clients = Enumerable.Range(1, Clients)
            .Select(number => new Client(number, seed, with => AnyNode(with).Client, History).RunAsync(stop.Token)).ToArray();
        var faults = 0;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(200, 1_500));
            await fault(random);
            faults++;
        }

        await Task.WhenAll(clients);
        foreach (var node in nodes)
        {
            await node.ReadyAsync();
        }

        var log = await LogAsync();
        var wrong = History.Check(log);
        output.WriteLine(
            $"{name}: {faults} faults, {History.Count} operations ({History.CountOf(Ending.Ok)} ok, " +
            $"{History.CountOf(Ending.Refused)} refused, {History.CountOf(Ending.Unknown)} unknown), {log.Count} events; " +
            $"lost {wrong.Count(found => found.StartsWith("lost", StringComparison.Ordinal))}, " +
            $"doubled {wrong.Count(found => found.StartsWith("doubled", StringComparison.Ordinal))}");
        Assert.True(wrong.Count == 0, $"SALESOPS_SEED={seed}:\n{string.Join('\n', wrong.Take(20))}");
        Assert.True(History.CountOf(Ending.Ok) > 20, "The clients got nothing done.");
        await AssertProjectedAsync(log);
        Assert.Equal(0, await Node.RunAsync(Cluster.ConnectionString, "verify"));
    }

    public async Task<IReadOnlyList<Entry>> LogAsync()
    {
        const string all = """
            select seq_id, stream_id, version, headers ->> 'key', coalesce(data -> 'amount' ->> 'amount', '')
            from mt_events order by seq_id
            """;
        await using var source = NpgsqlDataSource.Create(Cluster.ConnectionString);
        await using var command = source.CreateCommand(all);
        await using var rows = await command.ExecuteReaderAsync();
        var log = new List<Entry>();
        while (await rows.ReadAsync())
        {
            var key = await rows.IsDBNullAsync(3) ? null : rows.GetString(3);
            log.Add(new(rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2), key, rows.GetString(4)));
        }

        return log;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await Cluster.DisposeAsync();
    }

    /// <summary>What is read of all deals together is what the log says, also after all that happened.</summary>
    private async Task AssertProjectedAsync(IReadOnlyList<Entry> log)
    {
        var deals = log.GroupBy(entry => entry.Stream)
            .Select(deal => decimal.Parse(deal.Last().Amount, CultureInfo.InvariantCulture)).ToArray();
        foreach (var node in nodes)
        {
            var totals = (await node.GetAsync($"/v1/pipeline?minPosition={log.Count}")).GetProperty("totals");
            Assert.Equal(deals.Length, totals.GetProperty("deals").GetInt32());
            Assert.Equal(
                deals.Sum().ToString("0.00", CultureInfo.InvariantCulture),
                totals.GetProperty("amounts")[0].GetProperty("amount").GetString());
        }
    }
}
