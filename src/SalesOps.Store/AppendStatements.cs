using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// What an append says to PostgreSQL in two round trips, where something has to be read first; and how a lost answer is
/// asked for again.
/// </summary>
internal static class AppendStatements
{
    /// <summary>
    /// The first round trip: takes the head's lock, then reads what the appends depend on. The lock comes first and each
    /// statement sees what was committed before it began, so what is read stays true until the commit.
    /// </summary>
    public static async Task<AppendPlan> TakeHeadAsync(NpgsqlConnection connection, List<PendingAppend> batch)
    {
        // The clock is read outside of the locking query: inside, it would be read before the wait for the lock.
        const string head = """
            with head as materialized (select last_seq, last_recorded_at from log_head where only_row for update)
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
            BatchCommands = { new("begin"), new(head), AskedFor(streamVersions, streams) },
        };
        if (keys.Count > 0)
        {
            statements.BatchCommands.Add(AskedFor(claimedKeys, keys));
        }

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
    public static async Task CommitAsync(NpgsqlConnection connection, AppendPlan plan)
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

        foreach (var (tenant, by, erasure) in plan.Erasures)
        {
            AddErasure(statements.BatchCommands, tenant, by, erasure);
        }

        statements.BatchCommands.Add(new("commit"));
        await statements.ExecuteNonQueryAsync();
    }

    private static void AddErasure(NpgsqlBatchCommandCollection commands, string tenant, Guid by, Erasure erasure)
    {
        const string forget = """
            insert into subject_key (tenant_id, subject, key, erased_at) values ($1, $2, null, now())
            on conflict (tenant_id, subject) do update
            set key = null, erased_at = coalesce(subject_key.erased_at, excluded.erased_at)
            """;
        const string keep = """
            insert into redacted_event (tenant_id, seq_id, was, now, erased_by)
            select $1, seq_id, was, now, $5 from unnest($2, $3, $4) as redacted (seq_id, was, now)
            """;
        const string redact = """
            update mt_events set data = redacted.data from unnest($1, $2) as redacted (seq_id, data)
            where mt_events.seq_id = redacted.seq_id
            """;
        commands.Add(new(forget) { Parameters = { Text(tenant), Text(erasure.Subject) } });
        if (erasure.Redactions is not [_, ..] redactions)
        {
            return;
        }

        List<long> positions = [.. redactions.Select(redaction => redaction.Position)];
        commands.Add(new(keep)
        {
            Parameters =
            {
                Text(tenant),
                Array(positions, NpgsqlDbType.Bigint),
                Array<byte[]>([.. redactions.Select(redaction => redaction.Was)], NpgsqlDbType.Bytea),
                Array<byte[]>([.. redactions.Select(redaction => redaction.Now)], NpgsqlDbType.Bytea),
                new NpgsqlParameter<Guid> { TypedValue = by },
            },
        });
        commands.Add(new(redact)
        {
            Parameters =
            {
                Array(positions, NpgsqlDbType.Bigint),
                Array<string>([.. redactions.Select(redaction => redaction.Data)], NpgsqlDbType.Jsonb),
            },
        });

        static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
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
            with head as (update log_head set last_seq = $1, last_recorded_at = $2 where only_row)
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

    /// <summary>
    /// Whether the planned transaction was committed, told under the head's lock: its session holds that lock until it has
    /// either committed or gone. One row of it tells for all, and where it began: behind which position, and when. Null
    /// where it is not there.
    /// </summary>
    public static async Task<LogHead?> FindCommittedAsync(NpgsqlConnection connection, AppendPlan plan)
    {
        const string committed = """
            select seq_id - 1, timestamp from mt_events where id = $1
            union all
            select position, recorded_at from idempotency where tenant_id = $2 and key = $3 and recorded_at = $4
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
        return await reader.ReadAsync() ? new(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;

        static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
            new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
    }

    private static NpgsqlParameter<List<T>> Array<T>(List<T> values, NpgsqlDbType element) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    private static NpgsqlParameter<List<T>> Texts<T>(List<T> values)
        where T : class? => Array(values, NpgsqlDbType.Text);
}
