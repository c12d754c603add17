using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// Group commit: writes whatever appends have queued while the last batch committed as one transaction under the lock
/// of the log head. One runs per process, without a timer, so a lone caller waits for nobody.
/// </summary>
internal sealed partial class Appender : IAsyncDisposable
{
    private const int MaxAppends = 256;
    private const int MaxEvents = 1_000;
    private const long MaxBytes = 4 << 20;
    private const int MaxQueued = 4_096;
    private const long MaxQueuedBytes = 256 << 20;

    private static readonly TimeSpan readBackWithin = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource database;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Action appended;
    private readonly Channel<PendingAppend> queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true });
    private readonly Task running;
    private NpgsqlConnection? connection;
    private long queuedBytes;
    private long epoch;

    /// <param name="appended">Called after each commit that moved the head; must be quick.</param>
    public Appender(DatabasePools pools, TimeProvider time, ILogger logger, Action appended)
    {
        database = pools.Appender;
        this.time = time;
        this.logger = logger;
        this.appended = appended;
        running = RunAsync();
    }

    /// <summary>Counts the broken connections: what was read in an earlier epoch may not be there any more.</summary>
    public long Epoch => Interlocked.Read(ref epoch);

    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pending = new PendingAppend(append, Epoch, cancellation);
        if (!pending.Storable)
        {
            return Task.FromResult<AppendOutcome>(AppendPlan.Unstorable());
        }

        if (Interlocked.Add(ref queuedBytes, pending.Bytes) > MaxQueuedBytes || !queue.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref queuedBytes, -pending.Bytes);
            return Task.FromResult<AppendOutcome>(new AppendOutcome.Unavailable("Too many appends are waiting."));
        }

        return pending.Outcome.WaitAsync(cancellation);
    }

    /// <summary>Writes what has queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await running;
        await DropConnectionAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<PendingAppend>(MaxAppends);
        while (await queue.Reader.WaitToReadAsync())
        {
            Gather(batch);
            try
            {
                await WriteAsync(batch);
            }
            catch (Exception bug) when (bug is not OutOfMemoryException)
            {
                // A bug here must not leave callers waiting for ever, nor end appending for everybody.
                AppenderFailed(logger, bug);
                await DropConnectionAsync();
                batch.ForEach(pending => pending.Fail(bug));
            }

            batch.Clear();
        }
    }

    /// <summary>Takes what waits, up to the limits; one that is over them by itself goes alone.</summary>
    private void Gather(List<PendingAppend> batch)
    {
        var events = 0;
        var bytes = 0L;
        while (batch.Count < MaxAppends && queue.Reader.TryPeek(out var next))
        {
            events += next.EventCount;
            bytes += next.Bytes;
            if (batch.Count > 0 && (events > MaxEvents || bytes > MaxBytes))
            {
                break;
            }

            queue.Reader.TryRead(out _);
            Interlocked.Add(ref queuedBytes, -next.Bytes);
            if (next.Cancellation.IsCancellationRequested)
            {
                continue;
            }

            if (next.Epoch == Epoch)
            {
                batch.Add(next);
            }
            else
            {
                next.Complete(new AppendOutcome.Unavailable("The database connection broke after this was decided."));
            }
        }
    }

    /// <summary>Writes a batch in two round trips and gives each append its outcome.</summary>
    private async Task WriteAsync(List<PendingAppend> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        AppendPlan plan;
        var outcomes = new AppendOutcome?[batch.Count];
        try
        {
            connection ??= await OpenAsync();
            plan = await TakeHeadAsync(connection, batch);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            // Nothing has been written yet, so nothing can be committed.
            await AfterRefusalAsync(batch, failure);
            return;
        }

        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = Decide(plan, batch[i]);
        }

        try
        {
            await CommitAsync(connection, plan);
        }
        catch (PostgresException refusal) when (SqlStates.IsCertainlyRolledBack(refusal))
        {
            await AfterRefusalAsync(batch, refusal);
            return;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            await AfterLostCommitAsync(batch, outcomes, plan, failure);
            return;
        }

        Publish(batch, outcomes);
        if (plan.Events.Positions.Count > 0)
        {
            appended();
        }
    }

    private static AppendOutcome? Decide(AppendPlan plan, PendingAppend pending)
    {
        try
        {
            return plan.Decide(pending);
        }
#pragma warning disable CA1031 // The caller's answer callback may throw anything; it is the caller's to see.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            pending.Fail(failure);
            return null;
        }
    }

    private static void Publish(List<PendingAppend> batch, AppendOutcome?[] outcomes)
    {
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is { } outcome)
            {
                batch[i].Complete(outcome);
            }
        }
    }

    /// <summary>
    /// The batch has certainly written nothing. If the cause may lie in one of its appends, they are run again one by
    /// one, so that only that one fails.
    /// </summary>
    private async Task AfterRefusalAsync(List<PendingAppend> batch, Exception failure)
    {
        if (!SqlStates.IsCertainlyRolledBack(failure) || !await RollBackAsync())
        {
            await DropConnectionAsync();
        }

        if (failure is PostgresException refusal && SqlStates.IsOfTheContent(refusal))
        {
            BatchRefused(logger, refusal.SqlState, batch.Count);
            if (batch.Count == 1)
            {
                batch[0].Complete(new AppendOutcome.Refused(refusal.SqlState, refusal.MessageText));
                return;
            }

            foreach (var pending in batch)
            {
                await WriteAsync([pending]);
            }

            return;
        }

        AppendsUnavailable(logger, failure, batch.Count);
        CompleteAll(batch, new AppendOutcome.Unavailable("The database could not be written to."));
    }

    /// <summary>
    /// The connection died while the commit was under way. Whoever holds the head's lock knows: the dead session has
    /// either committed or will never. One row tells for the whole batch, which is one transaction.
    /// </summary>
    private async Task AfterLostCommitAsync(
        List<PendingAppend> batch, AppendOutcome?[] outcomes, AppendPlan plan, Exception failure)
    {
        CommitLost(logger, failure, batch.Count);
        await DropConnectionAsync();
        var started = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause *= 2)
        {
            try
            {
                connection = await OpenAsync();
                var committed = await IsCommittedAsync(connection, plan);
                CommitReadBack(logger, committed);
                if (committed)
                {
                    Publish(batch, outcomes);
                    appended();
                }
                else
                {
                    CompleteAll(batch, new AppendOutcome.Unavailable("The connection broke before the commit."));
                }

                return;
            }
            catch (Exception again) when (again is NpgsqlException or IOException or TimeoutException)
            {
                await DropConnectionAsync();
                if (time.GetElapsedTime(started) + pause > readBackWithin)
                {
                    OutcomeUnknown(logger, again, batch.Count);
                    CompleteAll(batch, new AppendOutcome.Unknown());
                    return;
                }
            }

            await Task.Delay(pause, time);
        }
    }

    private static void CompleteAll(List<PendingAppend> batch, AppendOutcome outcome) =>
        batch.ForEach(pending => pending.Complete(outcome));

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var opened = await database.OpenConnectionAsync();
        try
        {
            await using var command = new NpgsqlCommand("show synchronous_commit", opened);
            return await command.ExecuteScalarAsync() is "on"
                ? opened
                : throw new InvariantViolationException(
                    "synchronous_commit is not on for appends: an answered append would not be durable.");
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> RollBackAsync()
    {
        try
        {
            await using var rollback = new NpgsqlCommand("rollback", connection);
            await rollback.ExecuteNonQueryAsync();
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            return false;
        }
    }

    private async Task DropConnectionAsync()
    {
        if (connection is { } dropped)
        {
            connection = null;
            Interlocked.Increment(ref epoch);
            NpgsqlConnection.ClearPool(dropped);
            await dropped.DisposeAsync();
        }
    }

    /// <summary>
    /// The first round trip: takes the head's lock, then reads what the appends depend on. The lock comes first and each
    /// statement sees what was committed before it began, so what is read stays true until the commit.
    /// </summary>
    private static async Task<AppendPlan> TakeHeadAsync(NpgsqlConnection connection, List<PendingAppend> batch)
    {
        // The clock is read outside of the locking query: inside, it would be read before the wait for the lock.
        const string head = """
            with head as materialized (select last_seq, last_recorded_at from log_head for update)
            select last_seq, last_recorded_at, clock_timestamp() from head
            """;
        const string streamVersions = """
            select s.tenant_id, s.id, s.version
            from unnest($1, $2) as asked (tenant_id, id)
            join mt_streams s on s.tenant_id = asked.tenant_id and s.id = asked.id
            """;
        const string claimedKeys = """
            select i.tenant_id, i.key, i.request_hash, i.answer
            from unnest($1, $2) as asked (tenant_id, key)
            join idempotency i on i.tenant_id = asked.tenant_id and i.key = asked.key
            """;

        var (streams, keys) = Asked(batch);
        await using var statements = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("begin"), new(head), AskedFor(streamVersions, streams), AskedFor(claimedKeys, keys),
            },
        };
        await using var reader = await statements.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            throw new InvariantViolationException("The log has no head.");
        }

        var lastRecordedAt = reader.IsDBNull(1) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(1);
        var logHead = new LogHead(reader.GetInt64(0), lastRecordedAt);
        var clock = reader.GetFieldValue<DateTimeOffset>(2);
        var versions = new Dictionary<StreamKey, long>();
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            versions.Add(new(reader.GetString(0), reader.GetString(1)), reader.GetInt64(2));
        }

        var answers = new Dictionary<StreamKey, (string, string)>();
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            answers.Add(new(reader.GetString(0), reader.GetString(1)), (reader.GetString(2), reader.GetString(3)));
        }

        return new AppendPlan(logHead, clock, versions, answers);

        static NpgsqlBatchCommand AskedFor(string sql, HashSet<StreamKey> asked) => new(sql)
        {
            Parameters =
            {
                Texts<string>([.. asked.Select(key => key.Tenant)]), Texts<string>([.. asked.Select(key => key.Stream)]),
            },
        };
    }

    private static (HashSet<StreamKey> Streams, HashSet<StreamKey> Keys) Asked(List<PendingAppend> batch)
    {
        var streams = new HashSet<StreamKey>();
        var keys = new HashSet<StreamKey>();
        foreach (var append in batch.Select(pending => pending.Append))
        {
            streams.UnionWith(append.Writes.Select(write => new StreamKey(append.Tenant, write.Stream)));
            streams.UnionWith(append.Guards.Select(guard => new StreamKey(append.Tenant, guard.Stream)));
            if (append.Claim is { } claim)
            {
                keys.Add(new(append.Tenant, claim.Key));
            }
        }

        return (streams, keys);
    }

    /// <summary>The second round trip: everything that the plan holds, and the commit behind it.</summary>
    private static async Task CommitAsync(NpgsqlConnection connection, AppendPlan plan)
    {
        await using var statements = new NpgsqlBatch(connection);
        if (plan.Events.Positions.Count > 0)
        {
            statements.BatchCommands.Add(InsertEvents(plan.Events));
            statements.BatchCommands.Add(MoveStreams(plan));
            statements.BatchCommands.Add(MoveHead(plan));
        }

        if (plan.Keys.Keys.Count > 0)
        {
            statements.BatchCommands.Add(ClaimKeys(plan.Keys));
        }

        statements.BatchCommands.Add(new("commit"));
        await statements.ExecuteNonQueryAsync();
    }

    private static NpgsqlBatchCommand InsertEvents(AppendPlan.EventColumns events)
    {
        const string insert = """
            insert into mt_events (seq_id, id, tenant_id, stream_id, version, type, data, headers, timestamp,
                                   mt_dotnet_type, correlation_id, causation_id, is_archived)
            select seq_id, id, tenant_id, stream_id, version, type, data, headers, timestamp,
                   mt_dotnet_type, correlation_id, causation_id, false
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
              as new (seq_id, id, tenant_id, stream_id, version, type, data, headers, timestamp,
                      mt_dotnet_type, correlation_id, causation_id)
            """;
        return new(insert)
        {
            Parameters =
            {
                Array(events.Positions, NpgsqlDbType.Bigint), Array(events.Ids, NpgsqlDbType.Uuid),
                Texts(events.Tenants), Texts(events.Streams),
                Array(events.Versions, NpgsqlDbType.Bigint), Texts(events.Types),
                Array(events.Data, NpgsqlDbType.Jsonb), Array(events.Headers, NpgsqlDbType.Jsonb),
                Array(events.RecordedAt, NpgsqlDbType.TimestampTz), Texts(events.ClrTypes),
                Texts(events.CorrelationIds), Texts(events.CausationIds),
            },
        };
    }

    private static NpgsqlBatchCommand MoveStreams(AppendPlan plan)
    {
        // Marten's stream type is what stands before the slash.
        const string upsert = """
            insert into mt_streams (tenant_id, id, type, version, timestamp, created)
            select tenant_id, id, split_part(id, '/', 1), version, timestamp, timestamp
            from unnest($1, $2, $3, $4) as moved (tenant_id, id, version, timestamp)
            on conflict (tenant_id, id) do update set version = excluded.version, timestamp = excluded.timestamp
            """;
        return new(upsert)
        {
            Parameters =
            {
                Texts<string>([.. plan.Moved.Keys.Select(key => key.Tenant)]),
                Texts<string>([.. plan.Moved.Keys.Select(key => key.Stream)]),
                Array<long>([.. plan.Moved.Values.Select(moved => moved.Version)], NpgsqlDbType.Bigint),
                Array<DateTime>(
                    [.. plan.Moved.Values.Select(moved => moved.RecordedAt.UtcDateTime)], NpgsqlDbType.TimestampTz),
            },
        };
    }

    private static NpgsqlBatchCommand MoveHead(AppendPlan plan)
    {
        // The sequence is only moved along for Marten's sake; it gives no number to anybody here.
        const string update = """
            with head as (update log_head set last_seq = $1, last_recorded_at = $2)
            select setval('mt_events_sequence', $1)
            """;
        return new(update)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = plan.Position },
                new NpgsqlParameter<DateTime> { TypedValue = plan.RecordedAt!.Value.UtcDateTime },
            },
        };
    }

    private static NpgsqlBatchCommand ClaimKeys(AppendPlan.KeyColumns keys)
    {
        const string insert = """
            insert into idempotency (tenant_id, key, request_hash, streams, versions, position, answer, recorded_at)
            select tenant_id, key, request_hash, streams::text[], versions::bigint[], position, answer, recorded_at
            from unnest($1, $2, $3, $4, $5, $6, $7, $8)
              as claimed (tenant_id, key, request_hash, streams, versions, position, answer, recorded_at)
            """;
        return new(insert)
        {
            Parameters =
            {
                Texts(keys.Tenants), Texts(keys.Keys), Texts(keys.RequestHashes), Texts(keys.Streams),
                Texts(keys.Versions), Array(keys.Positions, NpgsqlDbType.Bigint), Texts(keys.Answers),
                Array(keys.RecordedAt, NpgsqlDbType.TimestampTz),
            },
        };
    }

    private static async Task<bool> IsCommittedAsync(NpgsqlConnection connection, AppendPlan plan)
    {
        const string committed = """
            select exists (select from mt_events where id = $1)
                or exists (select from idempotency where tenant_id = $2 and key = $3 and recorded_at = $4)
            """;
        var claim = plan.Keys;
        await using var statements = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("begin"),
                new("select from log_head for update"),
                new(committed)
                {
                    Parameters =
                    {
                        Nullable(plan.Events.Ids.Count > 0 ? plan.Events.Ids[0] : null, NpgsqlDbType.Uuid),
                        Nullable(claim.Tenants.FirstOrDefault(), NpgsqlDbType.Text),
                        Nullable(claim.Keys.FirstOrDefault(), NpgsqlDbType.Text),
                        Nullable(claim.RecordedAt.Count > 0 ? claim.RecordedAt[0] : null, NpgsqlDbType.TimestampTz),
                    },
                },
                new("commit"),
            },
        };
        await using var reader = await statements.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return reader.GetBoolean(0);

        static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
            new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
    }

    private static NpgsqlParameter<List<T>> Array<T>(List<T> values, NpgsqlDbType element) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    private static NpgsqlParameter<List<T>> Texts<T>(List<T> values)
        where T : class? => Array(values, NpgsqlDbType.Text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of {Appends} appends was refused ({SqlState})")]
    private static partial void BatchRefused(ILogger logger, string sqlState, int appends);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database was not to be had for {Appends} appends")]
    private static partial void AppendsUnavailable(ILogger logger, Exception failure, int appends);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection died while {Appends} appends were committed")]
    private static partial void CommitLost(ILogger logger, Exception failure, int appends);

    [LoggerMessage(Level = LogLevel.Information, Message = "Read back after a lost commit: committed {Committed}")]
    private static partial void CommitReadBack(ILogger logger, bool committed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of {Appends} appends is unknown")]
    private static partial void OutcomeUnknown(ILogger logger, Exception failure, int appends);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The appender failed")]
    private static partial void AppenderFailed(ILogger logger, Exception failure);
}
