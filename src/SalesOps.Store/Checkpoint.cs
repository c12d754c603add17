using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// How far a projection's tables are, and which version's they are: a row of <c>mt_event_progression</c> for each
/// version that ever filled them, of which one counts. The others stand at -1, where no page begins, so that a program
/// of such a version, even one that knows nothing of this, moves nothing any more.
/// </summary>
internal sealed class Checkpoint(IProjection projection)
{
    private const string Counts = "split_part(name, ':', 1) = $1 and last_seq_id >= 0";

    public string Name { get; } = $"{projection.Name}:{projection.Version}";

    /// <summary>The version that the tables belong to: this one, where they were nobody's.</summary>
    public async Task<int> ClaimAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        const string claim = $"""
            insert into mt_event_progression (name, last_seq_id)
            select $2, 0 where not exists (select from mt_event_progression where {Counts})
            on conflict (name) do nothing
            """;
        const string owner = $"select split_part(name, ':', 2)::int from mt_event_progression where {Counts}";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await LockAsync(connection, cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(claim) { Parameters = { Text(projection.Name), Text(Name) } },
                new(owner) { Parameters = { Text(projection.Name) } },
            },
        };
        var version = await batch.ExecuteScalarAsync(cancellation) as int?
            ?? throw new InvariantViolationException($"The tables of {projection.Name} are no version's.");
        await transaction.CommitAsync(cancellation);
        return version;
    }

    /// <summary>Null while the tables are another version's.</summary>
    public async Task<long?> PositionAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Read() } };
        return await batch.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>One row: the position, null while the tables are another version's, and when that was recorded.</summary>
    public NpgsqlBatchCommand Read()
    {
        const string read = $"""
            select own.position, e.timestamp
            from (select coalesce(
              (select last_seq_id from mt_event_progression where name = $2 and last_seq_id >= 0),
              case when not exists (select from mt_event_progression where {Counts}) then 0 end)) as own (position)
            left join mt_events e on e.seq_id = own.position
            """;
        return new(read) { Parameters = { Text(projection.Name), Text(Name) } };
    }

    /// <summary>
    /// Moves it in the open transaction; false where it is not where the page begins. The commit waits for the disk: what
    /// reads have been told is in the tables must not be gone after the database was killed.
    /// </summary>
    public async Task<bool> TryMoveAsync(NpgsqlConnection connection, long from, long to, CancellationToken cancellation)
    {
        const string move = """
            update mt_event_progression set last_seq_id = $3, last_updated = now() where name = $1 and last_seq_id = $2
            """;
        await using var command = new NpgsqlCommand(move, connection)
        {
            Parameters = { Text(Name), Position(from), Position(to) },
        };
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Keeps every version from moving its own until the open transaction ends.</summary>
    public async Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await LockAsync(connection, cancellation);
        await using var hold = new NpgsqlCommand(
            "select from mt_event_progression where split_part(name, ':', 1) = $1 for update", connection)
        {
            Parameters = { Text(projection.Name) },
        };
        await hold.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Makes the tables this version's, at a position, in the transaction that holds all of them.</summary>
    public async Task TakeAsync(NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        const string retire = """
            update mt_event_progression set last_seq_id = -1, last_updated = now() where split_part(name, ':', 1) = $1
            """;
        const string take = """
            insert into mt_event_progression (name, last_seq_id) values ($1, $2)
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = now()
            """;
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(retire) { Parameters = { Text(projection.Name) } },
                new(take) { Parameters = { Text(Name), Position(position) } },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A version whose row isn't there yet can't be kept out by row locks.</summary>
    private async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var take = new NpgsqlCommand(
            "select pg_advisory_xact_lock(hashtextextended('salesops checkpoint ' || $1, 0))", connection)
        {
            Parameters = { Text(projection.Name) },
        };
        await take.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlParameter<string> Text(string value) =>
        new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<long> Position(long value) => new() { TypedValue = value };
}
