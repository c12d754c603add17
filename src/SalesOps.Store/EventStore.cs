using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// The log and its streams. A durable append is answered by <see cref="AppendOutcome.Appended"/>; everything that is
/// read was committed, in order and without gaps, or an exception says otherwise.
/// </summary>
public sealed class EventStore : IAsyncDisposable
{
    public const int MaxAppendEvents = PendingAppend.MaxEvents;
    public const int MaxStreamLength = AppendPlan.MaxStreamLength;

    private readonly DatabasePools pools;
    private readonly TimeProvider time;
    private readonly Pulse log = new();
    private readonly LogListener listener;
    private readonly Appender appender;
    private readonly LogReader reader;
    private readonly SubjectKeys keys;
    private readonly EventRows rowsOfEvents;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lazy<Task> news;

    public EventStore(DatabasePools pools, TimeProvider time, ILogger<EventStore> logger)
    {
        this.pools = pools;
        this.time = time;
        listener = new LogListener(pools, log, time, logger);
        rowsOfEvents = new EventRows(pools.Masters);
        reader = new LogReader(pools.Background, rowsOfEvents);
        keys = new SubjectKeys(pools);
        news = new(() => Task.WhenAll(listener.AnnounceAsync(stopping.Token), listener.ListenAsync(stopping.Token)));
        appender = new Appender(pools, time, logger, listener.Announce);
    }

    /// <summary>
    /// Counts the broken connections to the log: what was read in an earlier epoch may not be there any more, for the
    /// database may have failed over.
    /// </summary>
    public long Epoch => appender.Epoch;

    /// <summary>
    /// Records one decision, all or nothing. Cancelling gives up waiting; whether the append is recorded is then not known.
    /// What is personal in it is sealed; only then are keys looked for.
    /// </summary>
    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation)
    {
        foreach (var write in append.Writes)
        {
            foreach (var @event in write.Events)
            {
                if (@event.Personal is not null)
                {
                    return AppendSealedAsync(append, cancellation);
                }
            }
        }

        return appender.AppendAsync(append, cancellation);
    }

    /// <summary>A stream in order of version, dense; refused beyond <see cref="MaxStreamLength"/>.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(
        string tenant, string stream, CancellationToken cancellation, long fromVersion = 1)
    {
        const string read = $"""
            select {EventRows.Columns} from mt_events
            where tenant_id = $1 and stream_id = $2 and version >= $3 order by version limit $4
            """;
        await using var command = pools.Web.CreateCommand(read);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = fromVersion });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = MaxStreamLength + 1 });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var events = new List<RecordedEvent>();
        while (await rows.ReadAsync(cancellation))
        {
            AddNext(events, rowsOfEvents.Read(rows), fromVersion);
        }

        return events;
    }

    /// <summary>Several streams in one round trip, each as by itself; a stream that isn't there is empty.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> ReadStreamsAsync(
        string tenant, IReadOnlyList<string> streams, CancellationToken cancellation)
    {
        await using var connection = await pools.Web.OpenConnectionAsync(cancellation);
        return await ReadStreamsAsync(connection, tenant, streams, cancellation);
    }

    /// <summary>The same within whatever transaction is open on the connection.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> ReadStreamsAsync(
        NpgsqlConnection connection, string tenant, IReadOnlyList<string> streams, CancellationToken cancellation)
    {
        const string read = $"""
            select {EventRows.Columns} from mt_events
            where tenant_id = $1 and stream_id = any($2) order by stream_id, version
            """;
        var grouped = new Dictionary<string, IReadOnlyList<RecordedEvent>>(streams.Count, StringComparer.Ordinal);
        foreach (var stream in streams)
        {
            grouped[stream] = [];
        }

        await using var command = new NpgsqlCommand(read, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. grouped.Keys],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        List<RecordedEvent> events = [];
        while (await rows.ReadAsync(cancellation))
        {
            var next = rowsOfEvents.Read(rows);
            if (events.Count == 0 || events[^1].Stream != next.Stream)
            {
                grouped[next.Stream] = events = [];
            }

            AddNext(events, next, fromVersion: 1);
        }

        return grouped;
    }

    /// <summary>The events of those ids that a tenant has, in the order of the log.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> FindEventsAsync(
        string tenant, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        const string find = $"select {EventRows.Columns} from mt_events where id = any($2) and tenant_id = $1 order by seq_id";
        await using var command = pools.Web.CreateCommand(find);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<Guid[]>
        {
            TypedValue = [.. ids],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var events = new List<RecordedEvent>();
        while (await rows.ReadAsync(cancellation))
        {
            events.Add(rowsOfEvents.Read(rows));
        }

        return events;
    }

    /// <summary>
    /// Pages of the log, each in its own short transaction and each ending where an append ends, so a page may be as
    /// long as the longest append.
    /// </summary>
    /// <param name="upTo">A position where an append ends, such as a head of the log.</param>
    public IAsyncEnumerable<IReadOnlyList<RecordedEvent>> ReadLogAsync(
        long after, long upTo, int pageSize, CancellationToken cancellation) =>
        reader.PagesAsync(after, upTo, pageSize, cancellation);

    /// <summary>The same pages from one statement that streams: flat memory and no timeout, for rebuilds and exports.</summary>
    public IAsyncEnumerable<IReadOnlyList<RecordedEvent>> StreamLogAsync(
        long after, long upTo, int pageSize, CancellationToken cancellation) =>
        reader.StreamAsync(after, upTo, pageSize, cancellation);

    /// <summary>The log up to a position where an append ends, stream by stream: each whole, none twice.</summary>
    public IAsyncEnumerable<IReadOnlyList<RecordedEvent>> ReadByStreamAsync(long upTo, CancellationToken cancellation) =>
        reader.ByStreamAsync(upTo, cancellation);

    /// <summary>The same of one tenant's streams of a category, such as <c>deal</c>.</summary>
    public IAsyncEnumerable<IReadOnlyList<RecordedEvent>> ReadByStreamAsync(
        string tenant, string category, long upTo, CancellationToken cancellation) =>
        reader.OfCategoryAsync(tenant, category, upTo, cancellation);

    /// <summary>
    /// The events of one tenant, and of some types if they are named, after a position and up to one, in flat memory and
    /// without holding anything while they are worked on.
    /// </summary>
    public IAsyncEnumerable<RecordedEvent> ReadTenantAsync(
        string tenant, IReadOnlyList<string>? types, long after, long upTo, CancellationToken cancellation) =>
        reader.OfTenantAsync(tenant, types, after, upTo, cancellation);

    /// <summary>Where the log ends.</summary>
    public async Task<LogHead> HeadAsync(CancellationToken cancellation)
    {
        await using var command = pools.Web.CreateCommand("select last_seq, last_recorded_at from log_head");
        return await ReadHeadAsync(command, cancellation);
    }

    /// <summary>The last event recorded at or before an instant.</summary>
    public async Task<LogHead> HeadAtAsync(DateTimeOffset knownAt, CancellationToken cancellation)
    {
        const string head = """
            select known.position, e.timestamp
            from log_position_at($1) as known (position) left join mt_events e on e.seq_id = known.position
            """;
        await using var command = pools.Web.CreateCommand(head);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = knownAt.UtcDateTime });
        return await ReadHeadAsync(command, cancellation);
    }

    /// <summary>
    /// Where the log ends, once nothing can be recorded any more at or before an instant that is later than its end; null
    /// while that instant lies ahead of the database's clock.
    /// </summary>
    /// <remarks>
    /// An append takes its recorded time under the lock of the head and commits later. Waiting for the lock sees the one
    /// that is under way; whatever comes after reads the clock after this did.
    /// </remarks>
    public async Task<LogHead?> SettledHeadAsync(DateTimeOffset knownAt, CancellationToken cancellation)
    {
        const string lockHead = "select last_seq, last_recorded_at, clock_timestamp() > $1 from log_head for share";
        await using var command = pools.Web.CreateCommand(lockHead);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = knownAt.UtcDateTime });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return !await rows.ReadAsync(cancellation)
            ? throw new InvariantViolationException("The log has no head.")
            : rows.GetBoolean(2) ? new(rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    /// <summary>What was answered to the request that first claimed a key.</summary>
    public async Task<(string RequestHash, string Answer)?> FindAnswerAsync(
        string tenant, string key, CancellationToken cancellation)
    {
        const string find = "select request_hash, answer from idempotency where tenant_id = $1 and key = $2";
        await using var command = pools.Web.CreateCommand(find);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? (rows.GetString(0), rows.GetString(1)) : null;
    }

    /// <summary>Forgets the keys claimed before an instant, some thousands at a time; says how many.</summary>
    public async Task<int> PurgeKeysAsync(DateTimeOffset claimedBefore, CancellationToken cancellation)
    {
        const string purge = """
            delete from idempotency where (tenant_id, key) in (
              select tenant_id, key from idempotency where recorded_at < $1 limit 5000)
            """;
        var purged = 0;
        while (true)
        {
            await using var command = pools.Background.CreateCommand(purge);
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = claimedBefore.UtcDateTime });
            var deleted = await command.ExecuteNonQueryAsync(cancellation);
            purged += deleted;
            if (deleted == 0)
            {
                return purged;
            }
        }
    }

    /// <summary>The versions of streams, in the order asked; 0 for a stream that isn't there.</summary>
    public async Task<IReadOnlyList<long>> StreamVersionsAsync(
        string tenant, IReadOnlyList<string> streams, CancellationToken cancellation)
    {
        const string versions = """
            select coalesce(s.version, 0)
            from unnest($2) with ordinality as asked (id, place)
            left join mt_streams s on s.tenant_id = $1 and s.id = asked.id
            order by asked.place
            """;
        await using var command = pools.Web.CreateCommand(versions);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. streams],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<long>(streams.Count);
        while (await rows.ReadAsync(cancellation))
        {
            found.Add(rows.GetInt64(0));
        }

        return found;
    }

    /// <summary>Completes when the log moves next. Take it before looking at the head, so that no move is missed.</summary>
    public Task NextMove
    {
        get
        {
            _ = news.Value;
            return log.Next;
        }
    }

    /// <summary>
    /// Waits until <see cref="NextMove"/> completes, or for so long: a lost notification only makes a follower look
    /// later, so the wait is its polling interval.
    /// </summary>
    public async Task WaitAsync(Task nextMove, TimeSpan atMost, CancellationToken cancellation)
    {
        try
        {
            await nextMove.WaitAsync(atMost, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Time to look.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await appender.DisposeAsync();
        await stopping.CancelAsync();
        if (news.IsValueCreated)
        {
            await news.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        stopping.Dispose();
    }

    private async Task<AppendOutcome> AppendSealedAsync(Append append, CancellationToken cancellation)
    {
        try
        {
            append = await keys.SealAsync(append, cancellation);
        }
        catch (PostgresException refusal) when (SqlStates.IsOfTheContent(refusal))
        {
            return new AppendOutcome.Refused(refusal.SqlState, refusal.MessageText);
        }
        catch (Exception failure) when (SqlStates.IsDatabaseTrouble(failure))
        {
            return new AppendOutcome.Unavailable("The keys could not be read.");
        }

        return await appender.AppendAsync(append, cancellation);
    }

    private static async Task<LogHead> ReadHeadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation)
            ? new(rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetFieldValue<DateTimeOffset>(1))
            : throw new InvariantViolationException("The log has no head.");
    }

    private static void AddNext(List<RecordedEvent> events, RecordedEvent next, long fromVersion)
    {
        if (next.Version != fromVersion + events.Count)
        {
            throw new InvariantViolationException(
                $"The stream {next.Stream} has a gap: version {next.Version} where {fromVersion + events.Count} is due.");
        }

        if (events.Count == MaxStreamLength)
        {
            throw new InvariantViolationException(
                $"The stream {next.Stream} has more than {MaxStreamLength} events.");
        }

        events.Add(next);
    }
}
