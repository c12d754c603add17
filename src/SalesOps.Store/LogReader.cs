using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>Reads the log in order. A page always ends where an append ends, and a missing number stops the reader.</summary>
internal sealed class LogReader(NpgsqlDataSource database, EventRows rowsOfEvents)
{
    /// <summary>How many positions are read at once for one tenant.</summary>
    private const int Stretch = 2_000;

    private const string Page = $"""
        select {EventRows.Columns} from mt_events where seq_id > $1 and seq_id <= $2 order by seq_id limit $3
        """;

    private const string Rest = $"""
        select {EventRows.Columns} from mt_events where seq_id > $1 and seq_id <= $2 order by seq_id
        """;

    private const string ByStream = $"""
        select {EventRows.Columns} from mt_events where seq_id <= $1 order by tenant_id, stream_id, version
        """;

    private const string StreamsOfCategory = $"""
        select {EventRows.Columns} from mt_events
        where tenant_id = $1 and starts_with(stream_id, $2) and seq_id <= $3 order by stream_id, version
        """;

    /// <summary>
    /// Keyset pages, each in its own short transaction. Commit order is log order, so what a page has passed never
    /// gets a predecessor. <paramref name="upTo"/> must be where an append ends, as a head of the log is.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<RecordedEvent>> PagesAsync(
        long after, long upTo, int pageSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        var pages = new AlignedPages(after, pageSize);
        while (pages.Read < upTo)
        {
            foreach (var page in await ReadAsync(pages, upTo, pageSize, cancellation))
            {
                yield return page;
            }
        }

        if (pages.TakeRest() is { Count: > 0 } rest)
        {
            yield return rest;
        }
    }

    /// <summary>
    /// One read of the log. Its connection goes back before its pages go out: whoever works on them may take his time.
    /// </summary>
    private async Task<List<IReadOnlyList<RecordedEvent>>> ReadAsync(
        AlignedPages pages, long upTo, int pageSize, CancellationToken cancellation)
    {
        var before = pages.Read;
        await using var command = database.CreateCommand(Page);
        // One row more than a page tells whether the append at its end is complete.
        AddParameters(command, before, upTo, pageSize + 1);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var complete = new List<IReadOnlyList<RecordedEvent>>();
        while (await reader.ReadAsync(cancellation))
        {
            if (pages.Add(rowsOfEvents.Read(reader)) is { } page)
            {
                complete.Add(page);
            }
        }

        return pages.Read > before
            ? complete
            : throw new InvariantViolationException($"The log ends at position {before}, before {upTo}.");
    }

    /// <summary>
    /// The same pages from one reader that streams: one statement, flat memory, for rebuilds and exports. It holds one
    /// snapshot for as long as it reads.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<RecordedEvent>> StreamAsync(
        long after, long upTo, int pageSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        var pages = new AlignedPages(after, pageSize);
        await using var command = database.CreateCommand(Rest);
        AddParameters(command, after, upTo, null);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (pages.Add(rowsOfEvents.Read(reader)) is { } page)
            {
                yield return page;
            }
        }

        if (pages.Read < upTo)
        {
            throw new InvariantViolationException($"The log ends at position {pages.Read}, before {upTo}.");
        }

        if (pages.TakeRest() is { Count: > 0 } rest)
        {
            yield return rest;
        }
    }

    /// <summary>
    /// The log up to a position stream by stream, each whole and in the order of its versions, from one reader that
    /// streams: a fold of whole streams needs no more memory than the longest one.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<RecordedEvent>> ByStreamAsync(
        long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ByStream);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        var read = 0L;
        await foreach (var stream in WholeStreamsAsync(command, cancellation))
        {
            read += stream.Count;
            yield return stream;
        }

        if (read != upTo)
        {
            throw new InvariantViolationException($"The log has {read} events up to position {upTo}.");
        }
    }

    /// <summary>The same of the streams of one tenant whose ids begin with a category and a slash.</summary>
    public async IAsyncEnumerable<IReadOnlyList<RecordedEvent>> OfCategoryAsync(
        string tenant, string category, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(StreamsOfCategory);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = category + "/" });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        await foreach (var stream in WholeStreamsAsync(command, cancellation))
        {
            yield return stream;
        }
    }

    private async IAsyncEnumerable<List<RecordedEvent>> WholeStreamsAsync(
        NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<RecordedEvent> stream = [];
        while (await reader.ReadAsync(cancellation))
        {
            var next = rowsOfEvents.Read(reader);
            if (stream is [var first, ..] && (first.Stream != next.Stream || first.Tenant != next.Tenant))
            {
                yield return stream;
                stream = [];
            }

            if (next.Version != stream.Count + 1)
            {
                throw new InvariantViolationException(
                    $"The stream {next.Stream} has a gap: version {next.Version} where {stream.Count + 1} is due.");
            }

            stream.Add(next);
        }

        if (stream is not [])
        {
            yield return stream;
        }
    }

    /// <summary>
    /// The events of one tenant, and of some types if they are named, in stretches of the log that are short however few
    /// events in them are meant. Whoever takes his time between them keeps neither a connection nor a snapshot.
    /// </summary>
    public async IAsyncEnumerable<RecordedEvent> OfTenantAsync(
        string tenant, IReadOnlyList<string>? types, long after, long upTo,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        const string stretch = $"""
            select {EventRows.Columns} from mt_events
            where seq_id > $1 and seq_id <= $2 and tenant_id = $3 and ($4::varchar[] is null or type = any($4)) order by seq_id
            """;
        for (var events = new List<RecordedEvent>(); after < upTo; after += Stretch, events.Clear())
        {
            await using (var command = database.CreateCommand(stretch))
            {
                AddParameters(command, after, Math.Min(upTo, after + Stretch), null);
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
                command.Parameters.Add(new NpgsqlParameter
                {
                    Value = types is null ? DBNull.Value : types.ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
                });
                await using var rows = await command.ExecuteReaderAsync(cancellation);
                while (await rows.ReadAsync(cancellation))
                {
                    events.Add(rowsOfEvents.Read(rows));
                }
            }

            foreach (var recorded in events)
            {
                yield return recorded;
            }
        }
    }

    private static void AddParameters(NpgsqlCommand command, long after, long upTo, long? limit)
    {
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        if (limit is { } rows)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = rows });
        }
    }

    /// <summary>Cuts a dense run of events into pages at the ends of appends: where the recorded time changes.</summary>
    private sealed class AlignedPages(long after, int pageSize)
    {
        private List<RecordedEvent> gathered = [];
        private int lastEnd;

        public long Read { get; private set; } = after;

        /// <summary>Gives the page that is complete once this event shows it: one append may be longer than a page.</summary>
        public List<RecordedEvent>? Add(RecordedEvent next)
        {
            if (next.Position != Read + 1)
            {
                throw new InvariantViolationException($"The log has a gap: {next.Position} follows {Read}.");
            }

            if (gathered.Count > 0 && gathered[^1].RecordedAt != next.RecordedAt)
            {
                lastEnd = gathered.Count;
            }

            gathered.Add(next);
            Read = next.Position;
            return gathered.Count > pageSize && lastEnd > 0 ? Take(lastEnd) : null;
        }

        /// <summary>What is left where the log ends, which is where an append ends.</summary>
        public List<RecordedEvent> TakeRest() => Take(gathered.Count);

        private List<RecordedEvent> Take(int count)
        {
            var page = gathered;
            gathered = page[count..];
            page.RemoveRange(count, gathered.Count);
            lastEnd = 0;
            return page;
        }
    }
}
