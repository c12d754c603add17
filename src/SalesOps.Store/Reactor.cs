using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// Leads a reactor along the log and the clock: every event at least once, in order, and about once a second what is due.
/// One process leads; others stand by.
/// </summary>
public sealed partial class Reactor(
    DatabasePools pools, EventStore store, IReactor reactor, TimeProvider time, ILogger<Reactor> logger)
{
    private const int PageSize = 500;

    /// <summary>How many rounds of what is due are made before the log is looked at again.</summary>
    private const int RoundsMax = 100;

    private static readonly TimeSpan interval = TimeSpan.FromSeconds(1);

    /// <summary>How far apart looks at the log begin under a steady load: else each would be at one commit, and as dear.</summary>
    private static readonly TimeSpan breath = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan longestBackOff = TimeSpan.FromSeconds(5);

    /// <summary>Leads or stands by until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var backOff = TimeSpan.Zero;
        while (true)
        {
            try
            {
                await LeadOrStandByAsync(cancellation);
                backOff = TimeSpan.Zero;
            }
            catch (Exception trouble) when (SqlStates.IsDatabaseTrouble(trouble))
            {
                backOff = (backOff * 2) + TimeSpan.FromMilliseconds(100);
                backOff = backOff < longestBackOff ? backOff : longestBackOff;
                Interrupted(logger, trouble, reactor.Name, backOff);
                await Task.Delay(backOff, time, cancellation);
            }
        }
    }

    /// <summary>Reacts up to the head found on arrival and does all that is due; safe beside a running leader.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await FollowAsync(cancellation);
        while (await reactor.WorkOffAsync(time.GetUtcNow(), cancellation))
        {
            await FollowAsync(cancellation);
        }
    }

    private async Task LeadOrStandByAsync(CancellationToken cancellation)
    {
        await using var leader = await LeaderLock.TryTakeAsync(pools, $"reactor {reactor.Name}", cancellation);
        long? lookedAt = null;
        while (leader is not null)
        {
            var next = store.NextMove;
            var began = time.GetTimestamp();
            await FollowAsync(cancellation);
            if (lookedAt is null || time.GetElapsedTime(lookedAt.Value) >= interval)
            {
                lookedAt = time.GetTimestamp();
                for (var round = 0; round < RoundsMax && await reactor.WorkOffAsync(time.GetUtcNow(), cancellation); round++)
                {
                    // The rest waits for nothing but its turn.
                }
            }

            await leader.ConfirmAsync(cancellation);
            await store.WaitAsync(next, interval, cancellation);
            if (breath - time.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, cancellation);
            }
        }

        await Task.Delay(interval, time, cancellation);
    }

    /// <summary>The checkpoint moves after the page was seen to: what is seen twice for that is seen to already.</summary>
    private async Task FollowAsync(CancellationToken cancellation)
    {
        const string move = """
            insert into mt_event_progression (name, last_seq_id) values ($1, $2)
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = now()
              where mt_event_progression.last_seq_id < excluded.last_seq_id
            """;
        var head = await store.HeadAsync(cancellation);
        await using var read = pools.Background.CreateCommand("select last_seq_id from mt_event_progression where name = $1");
        read.Parameters.Add(Name());
        var position = await read.ExecuteScalarAsync(cancellation) as long? ?? 0;
        await foreach (var page in store.ReadLogAsync(position, head.Position, PageSize, cancellation))
        {
            await reactor.ReactAsync(page, cancellation);
            // Nobody waits for the disk: a checkpoint that a crash takes only shows the page once more.
            await using var connection = await pools.Background.OpenConnectionAsync(cancellation);
            await using var checkpoint = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new("set local synchronous_commit = off"),
                    new(move)
                    {
                        Parameters = { Name(), new NpgsqlParameter<long> { TypedValue = page[^1].Position } },
                    },
                },
            };
            await checkpoint.ExecuteNonQueryAsync(cancellation);
        }
    }

    private NpgsqlParameter<string> Name() => new() { TypedValue = reactor.Name, NpgsqlDbType = NpgsqlDbType.Text };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reactor {Reactor} was interrupted; tries again in {Delay}")]
    private static partial void Interrupted(ILogger logger, Exception trouble, string reactor, TimeSpan delay);
}
