using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// An assumed plan in one round trip, commit included. Prepared once for its session and by itself: a value that the
/// server refuses in the first use of a statement would leave it half prepared.
/// </summary>
internal sealed class AppendCommand : IAsyncDisposable
{
    private readonly NpgsqlParameter<List<string>> askedTenants = Texts<string>();
    private readonly NpgsqlParameter<List<string>> askedStreams = Texts<string>();
    private readonly NpgsqlParameter<List<long>> askedVersions = Longs();
    private readonly NpgsqlParameter<List<string>> movedTenants = Texts<string>();
    private readonly NpgsqlParameter<List<string>> movedStreams = Texts<string>();
    private readonly NpgsqlParameter<List<long>> movedVersions = Longs();
    private readonly NpgsqlParameter<List<long>> movedAfter = Longs();
    private readonly NpgsqlParameter<List<Guid>> ids = ArrayOf<Guid>(NpgsqlDbType.Uuid);
    private readonly NpgsqlParameter<List<string>> tenants = Texts<string>();
    private readonly NpgsqlParameter<List<string>> streams = Texts<string>();
    private readonly NpgsqlParameter<List<long>> versions = Longs();
    private readonly NpgsqlParameter<List<string>> types = Texts<string>();
    private readonly NpgsqlParameter<List<ReadOnlyMemory<byte>>> data = ArrayOf<ReadOnlyMemory<byte>>(NpgsqlDbType.Jsonb);
    private readonly NpgsqlParameter<List<ReadOnlyMemory<byte>>> headers = ArrayOf<ReadOnlyMemory<byte>>(NpgsqlDbType.Jsonb);
    private readonly NpgsqlParameter<List<long>> after = Longs();
    private readonly NpgsqlParameter<List<string?>> clrTypes = Texts<string?>();
    private readonly NpgsqlParameter<List<string?>> correlationIds = Texts<string?>();
    private readonly NpgsqlParameter<List<string?>> causationIds = Texts<string?>();
    private readonly NpgsqlCommand command;

    private AppendCommand(NpgsqlConnection connection)
    {
        const string append = """
            select head, first_recorded_at
            from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """;
        command = new(append, connection)
        {
            Parameters =
            {
                askedTenants, askedStreams, askedVersions, movedTenants, movedStreams, movedVersions, movedAfter,
                ids, tenants, streams, versions, types, data, headers, after, clrTypes, correlationIds, causationIds,
            },
        };
    }

    public static async Task<AppendCommand> PrepareAsync(NpgsqlConnection connection)
    {
        var prepared = new AppendCommand(connection);
        await prepared.command.PrepareAsync();
        return prepared;
    }

    /// <summary>Gives where and when the plan begins; null where an assumption was wrong and nothing was written.</summary>
    public async Task<LogHead?> ExecuteAsync(AppendPlan plan)
    {
        askedTenants.TypedValue = [.. plan.Assumed.Select(stream => stream.Key.Tenant)];
        askedStreams.TypedValue = [.. plan.Assumed.Select(stream => stream.Key.Stream)];
        askedVersions.TypedValue = [.. plan.Assumed.Select(stream => stream.Value)];
        movedTenants.TypedValue = [.. plan.Moved.Keys.Select(key => key.Tenant)];
        movedStreams.TypedValue = [.. plan.Moved.Keys.Select(key => key.Stream)];
        movedVersions.TypedValue = [.. plan.Moved.Values.Select(stream => stream.Version)];
        movedAfter.TypedValue = [.. plan.Moved.Values.Select(stream => AfterFirst(stream.RecordedAt.UtcDateTime))];
        var events = plan.Events;
        ids.TypedValue = events.Ids;
        tenants.TypedValue = events.Tenants;
        streams.TypedValue = events.Streams;
        versions.TypedValue = events.Versions;
        types.TypedValue = events.Types;
        data.TypedValue = events.Data;
        headers.TypedValue = events.Headers;
        after.TypedValue = [.. events.RecordedAt.Select(AfterFirst)];
        clrTypes.TypedValue = events.ClrTypes;
        correlationIds.TypedValue = events.CorrelationIds;
        causationIds.TypedValue = events.CausationIds;
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return row.IsDBNull(0) ? null : new LogHead(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1));
    }

    public ValueTask DisposeAsync() => command.DisposeAsync();

    private static long AfterFirst(DateTime at) => (at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static NpgsqlParameter<List<T>> Texts<T>()
        where T : class? => ArrayOf<T>(NpgsqlDbType.Text);

    private static NpgsqlParameter<List<long>> Longs() => ArrayOf<long>(NpgsqlDbType.Bigint);

    private static NpgsqlParameter<List<T>> ArrayOf<T>(NpgsqlDbType element) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | element };
}
