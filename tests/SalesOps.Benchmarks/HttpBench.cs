using System.Globalization;
using SalesOps.Store;

namespace SalesOps.Benchmarks;

/// <summary>
/// The whole path of a command, <c>POST /v1/deals/{id}/stage</c>, at 64 connections, beside an empty POST of the same
/// bytes to an empty host; in turns. Servers are processes of their own; the client is the same for both.
/// </summary>
internal static class HttpBench
{
    private const int Connections = 64;
    private const int DealsPerConnection = 256;
    private const int Slices = 4;

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(cancellation);
        await OpenDealsAsync(database.Store, options, cancellation);
        await using var product = await ServerProcess.StartProductAsync(database.ConnectionString, cancellation);
        await using var empty = await ServerProcess.StartEmptyHostAsync(cancellation);
        var cases = new (string Name, ServerProcess Server, bool IsKeyed)[]
        {
            ("post-stage", product, false), ("post-stage-keyed", product, true), ("empty-post", empty, false),
        };
        var paces = cases.Select(_ => new List<Pace>()).ToArray();
        var slice = TimeSpan.FromSeconds((double)options.Seconds / Slices);
        // Each deal moves on every time it is met, from slice to slice and from case to case.
        var sent = new int[Connections];
        // The first rounds only warm up: the runtime compiles hot code anew for some seconds.
        const int warmUp = 6;
        for (var round = 0; round < Slices + warmUp; round++)
        {
            foreach (var (index, (_, server, isKeyed)) in cases.Index())
            {
                var pace = await PaceOfAsync(server.Port, sent, isKeyed, slice, cancellation);
                if (round >= warmUp)
                {
                    paces[index].Add(pace);
                }
            }
        }

        var medians = paces.Select(Pace.Median).ToArray();
        foreach (var (index, (name, _, _)) in cases.Index())
        {
            new Figure("http", name, medians[index].PerSecond / medians[^1].PerSecond)
            {
                Callers = Connections,
                PerSecond = medians[index].PerSecond,
                P50Ms = medians[index].P50Ms,
                P99Ms = medians[index].P99Ms,
            }.Print();
        }
    }

    private static async Task<Pace> PaceOfAsync(
        int port, int[] sent, bool isKeyed, TimeSpan duration, CancellationToken cancellation)
    {
        string[] stages = ["qualification", "proposal", "negotiation"];
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => RawHttp.ConnectAsync(port)));
        try
        {
            return await Pace.OfAsync(Connections, duration, async connection =>
            {
                var number = sent[connection]++;
                var deal = DealId(connection, number % DealsPerConnection);
                var stage = stages[number / DealsPerConnection % stages.Length];
                var key = isKeyed
                    ? string.Create(CultureInfo.InvariantCulture, $"bench-{connection}-{number}")
                    : null;
                await connections[connection].SendAsync(
                    RawHttp.Post($"/v1/deals/{deal}/stage", $"{{\"stage\":\"{stage}\"}}", key), cancellation);
                return 1;
            });
        }
        finally
        {
            foreach (var connection in connections)
            {
                connection.Dispose();
            }
        }
    }

    private static async Task OpenDealsAsync(EventStore store, BenchOptions options, CancellationToken cancellation)
    {
        var openings = new SalesHistory(options.Seed, options.Deals, 2).Events()
            .Where(entry => entry is { Event.Type: "deal_opened" });
        var ids = Enumerable.Range(0, Connections)
            .SelectMany(connection => Enumerable.Range(0, DealsPerConnection).Select(deal => DealId(connection, deal)));
        foreach (var chunk in ids.Zip(openings, (id, entry) => entry with { Stream = $"deal/{id}" }).Chunk(500))
        {
            foreach (var append in SalesHistory.Appends(chunk, chunk.Length))
            {
                await store.AppendAsync(append, cancellation);
            }
        }
    }

    private static string DealId(int connection, int deal) =>
        string.Create(CultureInfo.InvariantCulture, $"C{connection}-{deal}");
}
