using Npgsql;

namespace SalesOps.Store;

/// <summary>How a row of <c>mt_events</c> becomes a <see cref="RecordedEvent"/>.</summary>
internal static class EventRows
{
    /// <summary>What every query of events selects, in the order that <see cref="Read"/> takes it.</summary>
    public const string Columns =
        "seq_id, id, tenant_id, stream_id, version, type, data, timestamp, headers, correlation_id, causation_id";

    public static RecordedEvent Read(NpgsqlDataReader row) => new()
    {
        Position = row.GetInt64(0),
        Id = row.GetGuid(1),
        Tenant = row.GetString(2),
        Stream = row.GetString(3),
        Version = row.GetInt64(4),
        Type = row.GetString(5),
        Data = row.GetFieldValue<byte[]>(6),
        RecordedAt = row.GetFieldValue<DateTimeOffset>(7),
        Headers = HeadersJson.Read(row.GetFieldValue<byte[]>(8)),
        CorrelationId = row.IsDBNull(9) ? null : row.GetString(9),
        CausationId = row.IsDBNull(10) ? null : row.GetString(10),
    };
}
