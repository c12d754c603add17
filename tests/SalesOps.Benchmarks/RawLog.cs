using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Benchmarks;

/// <summary>One event as the raw cases write it: the same columns and the same bytes as the store writes.</summary>
internal sealed record RawEvent(
    Guid Id, string Stream, long Expected, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Headers, string? ClrType);

/// <summary>
/// What PostgreSQL can do with the same tables and the same rows, by the best code that we know: the limit that the
/// store is measured against. It gives up what the store promises: one dense line of positions.
/// </summary>
internal sealed class RawLog(BenchDatabase database, int connections) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = new NpgsqlDataSourceBuilder(database.ConnectionString)
    {
        ConnectionStringBuilder =
        {
            NoResetOnClose = true, MaxAutoPrepare = 16, AutoPrepareMinUsages = 1, MaxPoolSize = connections, Timeout = 60,
            WriteBufferSize = 64 * 1024,
            Options = "-c jit=off",
        },
    }.Build();

    /// <summary>Twins of the store's tables with all their indexes; positions come from a sequence.</summary>
    public Task CreateAsync(CancellationToken cancellation) => database.ExecuteAsync("""
        create table raw_streams (like mt_streams including all);
        alter table raw_streams set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
        create table raw_events (like mt_events including all);
        alter table raw_events set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
        create sequence raw_position owned by raw_events.seq_id;
        alter table raw_events alter column seq_id set default nextval('raw_position');
        """, cancellation);

    /// <summary>
    /// One command, one transaction, as a program does it that decides by what it reads: the version is read and locked,
    /// then checked, then event and version are written. Two round trips, as the store has; false where the version is
    /// another.
    /// </summary>
    public async Task<bool> TransactAsync(RawEvent @event, CancellationToken cancellation)
    {
        const string read = "select version from raw_streams where tenant_id = $1 and id = $2 for update";
        const string insert = """
            insert into raw_events (id, tenant_id, stream_id, version, type, data, headers, timestamp, mt_dotnet_type,
                                    is_archived)
            values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), $8, false)
            """;
        const string move = """
            insert into raw_streams as s (tenant_id, id, type, version, timestamp, created)
            values ($1, $2, split_part($2, '/', 1), $3, clock_timestamp(), clock_timestamp())
            on conflict (tenant_id, id) do update set version = excluded.version, timestamp = excluded.timestamp
            """;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        long actual;
        await using (var reading = new NpgsqlBatch(connection)
        {
            BatchCommands = { new("begin"), new(read) { Parameters = { Text(BenchDatabase.Tenant), Text(@event.Stream) } } },
        })
        {
            actual = await reading.ExecuteScalarAsync(cancellation) as long? ?? 0;
        }

        await using var writing = new NpgsqlBatch(connection);
        if (actual != @event.Expected)
        {
            writing.BatchCommands.Add(new("rollback"));
            await writing.ExecuteNonQueryAsync(cancellation);
            return false;
        }

        writing.BatchCommands.Add(new(insert)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = @event.Id }, Text(BenchDatabase.Tenant), Text(@event.Stream),
                new NpgsqlParameter<long> { TypedValue = actual + 1 }, Text(@event.Type), Json(@event.Data),
                Json(@event.Headers),
                new NpgsqlParameter<string?> { TypedValue = @event.ClrType, NpgsqlDbType = NpgsqlDbType.Varchar },
            },
        });
        writing.BatchCommands.Add(new(move)
        {
            Parameters =
            {
                Text(BenchDatabase.Tenant), Text(@event.Stream), new NpgsqlParameter<long> { TypedValue = actual + 1 },
            },
        });
        writing.BatchCommands.Add(new("commit"));
        await writing.ExecuteNonQueryAsync(cancellation);
        return true;
    }

    /// <summary>
    /// One command in one statement, which is its own transaction: the least that can be sent, where nothing has to be
    /// decided by what is read. False where the version is another.
    /// </summary>
    public async Task<bool> AppendAsync(RawEvent @event, CancellationToken cancellation)
    {
        const string append = """
            with moved as (
              insert into raw_streams as s (tenant_id, id, type, version, timestamp, created)
              values ($1, $2, split_part($2, '/', 1), $3 + 1, clock_timestamp(), clock_timestamp())
              on conflict (tenant_id, id) do update set version = excluded.version, timestamp = excluded.timestamp
                where s.version = $3
              returning s.version, s.timestamp)
            insert into raw_events (id, tenant_id, stream_id, version, type, data, headers, timestamp, mt_dotnet_type,
                                    is_archived)
            select $4, $1, $2, moved.version, $5, $6, $7, moved.timestamp, $8, false from moved
            """;
        await using var command = source.CreateCommand(append);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = BenchDatabase.Tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = @event.Stream });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = @event.Expected });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = @event.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = @event.Type });
        command.Parameters.Add(Json(@event.Data));
        command.Parameters.Add(Json(@event.Headers));
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = @event.ClrType, NpgsqlDbType = NpgsqlDbType.Varchar });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Many events of as many streams in one transaction and one round trip, nothing checked.</summary>
    public async Task InsertAsync(IReadOnlyList<RawEvent> events, CancellationToken cancellation)
    {
        const string streams = """
            insert into raw_streams (tenant_id, id, type, version, timestamp, created)
            select $1, id, split_part(id, '/', 1), max(version) + 1, now(), now()
            from unnest($2, $3) as moved (id, version) group by id
            on conflict (tenant_id, id) do update set version = excluded.version, timestamp = excluded.timestamp
            """;
        const string insert = """
            insert into raw_events (id, tenant_id, stream_id, version, type, data, headers, timestamp, mt_dotnet_type,
                                    is_archived)
            select id, $1, stream_id, version + 1, type, data, headers, clock_timestamp(), mt_dotnet_type, false
            from unnest($2, $3, $4, $5, $6, $7, $8) as new (id, stream_id, version, type, data, headers, mt_dotnet_type)
            """;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(streams)
                {
                    Parameters =
                    {
                        Text(BenchDatabase.Tenant), Column(events, e => e.Stream), Column(events, e => e.Expected),
                    },
                },
                new(insert)
                {
                    Parameters =
                    {
                        Text(BenchDatabase.Tenant), Column(events, e => e.Id), Column(events, e => e.Stream),
                        Column(events, e => e.Expected), Column(events, e => e.Type),
                        Column(events, e => e.Data, NpgsqlDbType.Jsonb), Column(events, e => e.Headers, NpgsqlDbType.Jsonb),
                        Column(events, e => e.ClrType),
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<ReadOnlyMemory<byte>> Json(ReadOnlyMemory<byte> json) =>
        new() { TypedValue = json, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlParameter<T[]> Column<T>(
        IReadOnlyList<RawEvent> events, Func<RawEvent, T> of, NpgsqlDbType? element = null)
    {
        var column = new NpgsqlParameter<T[]> { TypedValue = [.. events.Select(of)] };
        if (element is { } type)
        {
            column.NpgsqlDbType = NpgsqlDbType.Array | type;
        }

        return column;
    }
}
