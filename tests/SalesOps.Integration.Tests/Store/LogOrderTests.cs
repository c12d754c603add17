using Npgsql;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

/// <summary>Writers that pause inside transactions and roll back must not make a follower miss an event.</summary>
public sealed class LogOrderTests : StoreTest
{
    private static readonly TimeSpan duration = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_follower_sees_every_event_once_in_order_whatever_the_writers_do()
    {
        var (_, other) = Open(ConnectionString);
        using var stop = new CancellationTokenSource(duration);
        var writers = Task.WhenAll(
        [
            .. Enumerable.Range(0, 8).Select(writer => AppendAsync(writer % 2 == 0 ? Store : other, writer)),
            .. Enumerable.Range(0, 3).Select(writer => WriteRawAsync(
                """
                with head as (update log_head set last_seq = last_seq + 1,
                                last_recorded_at = greatest(clock_timestamp(), last_recorded_at + interval '1 microsecond')
                              returning *)
                insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, headers)
                select last_seq, gen_random_uuid(), 'raw/' || last_seq, 1, '{}', 'raw', last_recorded_at,
                       '{"effectiveAt": "2025-01-01T00:00:00Z", "actor": "raw"}' from head
                """, writer, stop.Token)),
        ]);
        var seen = new List<long>();
        while (!writers.IsCompleted || seen.Count < (await Store.HeadAsync(default)).Position)
        {
            var head = await Store.HeadAsync(default);
            await foreach (var page in Store.ReadLogAsync(seen.LastOrDefault(), head.Position, 50, default))
            {
                seen.AddRange(page.Select(read => read.Position));
            }
        }

        await writers;
        Assert.NotEmpty(seen);
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(position => (long)position), seen);
        Assert.Equal((long)seen.Count, await ScalarAsync("select count(*) from mt_events"));
        Assert.NotEqual(0L, await ScalarAsync("select count(*) from mt_events where type = 'raw'"));

        async Task AppendAsync(EventStore store, int writer)
        {
            while (!stop.IsCancellationRequested)
            {
                await store.AppendAsync(Given.Append($"deal/{writer}", null, Given.Events(1 + (writer % 3))), default);
            }
        }
    }

    /// <summary>The control: numbers from a sequence, without the head's lock. If it passed, the test above proved nothing.</summary>
    [Fact]
    public async Task A_follower_of_a_plain_sequence_misses_events()
    {
        await ExecuteAsync("create table plain_log (seq_id bigserial primary key)");
        using var stop = new CancellationTokenSource(duration);
        var writers = Task.WhenAll(Enumerable.Range(0, 6).Select(
            writer => WriteRawAsync("insert into plain_log default values", writer, stop.Token)));
        long last = 0, seen = 0;
        while (!writers.IsCompleted)
        {
            await using var read = Pools.Background.CreateCommand($"select seq_id from plain_log where seq_id > {last} order by 1");
            await using var rows = await read.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                last = rows.GetInt64(0);
                seen++;
            }
        }

        await writers;
        Assert.True(seen < (long)(await ScalarAsync($"select count(*) from plain_log where seq_id <= {last}"))!);
    }

    private async Task WriteRawAsync(string insert, int writer, CancellationToken stop)
    {
        var random = new Random(writer);
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand(insert, connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            await Task.Delay(random.Next(15), CancellationToken.None);
            if (random.Next(3) == 0)
            {
                await transaction.RollbackAsync(CancellationToken.None);
            }
            else
            {
                await transaction.CommitAsync(CancellationToken.None);
            }

            await Task.Delay(random.Next(15), CancellationToken.None);
        }
    }
}
