using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SalesOps.Store;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Chaos.Tests;

/// <summary>
/// P2: processes that append, pause inside their transactions and roll back must not make a follower miss an event.
/// </summary>
public sealed class LogOrderTests : IAsyncLifetime
{
    private const int Transactions = 60;

    private PrivateCluster cluster = null!;

    public async Task InitializeAsync() => cluster = await PrivateCluster.CreateAsync();

    public async Task DisposeAsync() => await cluster.DisposeAsync();

    [Fact]
    [SuppressMessage("Reliability", "CA2025", Justification = "The writers are awaited before their nodes are disposed.")]
    public async Task A_follower_sees_every_event_once_in_order_whatever_the_writers_do()
    {
        Node[] nodes =
        [
            await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler()),
            await Node.StartAsync(cluster.ConnectionString, new SocketsHttpHandler()),
        ];
        var raw = Task.WhenAll(Enumerable.Range(0, 3).Select(writer => WriteRawAsync(
            """
            with head as (update log_head set last_seq = last_seq + 1,
                            last_recorded_at = greatest(clock_timestamp(), last_recorded_at + interval '1 microsecond')
                          returning *)
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, headers)
            select last_seq, gen_random_uuid(), 'raw/' || last_seq, 1, '{}', 'raw', last_recorded_at,
                   '{"effectiveAt": "2025-01-01T00:00:00Z", "actor": "raw"}' from head
            """, writer)));
        var writers = Task.WhenAll(
        [
            raw,
            .. Enumerable.Range(0, 8).Select(writer => AppendAsync(nodes[writer % 2], writer, raw)),
        ]);
        await using var pools = new DatabasePools(cluster.ConnectionString, NullLoggerFactory.Instance);
        await using var store = new EventStore(pools, TimeProvider.System, NullLogger<EventStore>.Instance);
        var seen = new List<long>();
        while (!writers.IsCompleted || seen.Count < (await store.HeadAsync(default)).Position)
        {
            var head = await store.HeadAsync(default);
            await foreach (var page in store.ReadLogAsync(seen.LastOrDefault(), head.Position, 50, default))
            {
                seen.AddRange(page.Select(read => read.Position));
            }
        }

        await writers;
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(position => (long)position), seen);
        var counts = await cluster.PsqlAsync("select count(*) || ' ' || count(distinct type) from mt_events");
        Assert.Equal($"{seen.Count} 2", counts.Trim());
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    /// <summary>The control: numbers from a sequence, without the head's lock. If it passed, the test above proved nothing.</summary>
    [Fact]
    public async Task A_follower_of_a_plain_sequence_misses_events()
    {
        await cluster.PsqlAsync("create table plain_log (seq_id bigserial primary key)");
        var writers = Task.WhenAll(Enumerable.Range(0, 6).Select(
            writer => WriteRawAsync("insert into plain_log default values", writer)));
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        long last = 0, seen = 0;
        while (!writers.IsCompleted)
        {
            await using var read = source.CreateCommand($"select seq_id from plain_log where seq_id > {last} order by 1");
            await using var rows = await read.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                last = rows.GetInt64(0);
                seen++;
            }
        }

        await writers;
        var written = await cluster.PsqlAsync($"select count(*) from plain_log where seq_id <= {last}");
        Assert.True(seen < long.Parse(written, CultureInfo.InvariantCulture), $"{seen} of {written} seen");
    }

    private static async Task AppendAsync(Node node, int writer, Task until)
    {
        for (var deal = 0; !until.IsCompleted; deal++)
        {
            using var made = await node.Client.PostAsync(
                new Uri("/v1/deals", UriKind.Relative),
                new StringContent($$"""{"id":"w{{writer}}-{{deal}}","name":"d"}""", null, "application/json"));
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        }
    }

    private async Task WriteRawAsync(string insert, int writer)
    {
        var random = new Random(writer);
        var script = Enumerable.Range(0, Transactions).SelectMany(_ => (string[])
        [
            "begin", insert, $"do $$begin perform pg_sleep(0.0{random.Next(10, 20)}); end$$",
            random.Next(3) == 0 ? "rollback" : "commit", $"do $$begin perform pg_sleep(0.0{random.Next(10, 20)}); end$$",
        ]);
        await cluster.PsqlAsync([.. script]);
    }
}
