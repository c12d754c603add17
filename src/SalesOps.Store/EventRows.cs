using Npgsql;

namespace SalesOps.Store;

/// <summary>How a row of <c>mt_events</c> becomes a <see cref="RecordedEvent"/>, with what is sealed in it opened.</summary>
internal sealed class EventRows(MasterKeys masters)
{
    /// <summary>
    /// What every query of events selects, in the order that <see cref="Read"/> takes it. The key comes with its event, so
    /// that what was erased a moment ago is read by nobody; an event about nobody asks for none.
    /// </summary>
    public const string Columns = """
        seq_id, id, tenant_id, stream_id, version, type, data, timestamp, headers, correlation_id, causation_id,
        case when headers ? 'subject' then
          (select k.key from subject_key k where k.tenant_id = mt_events.tenant_id and k.subject = headers ->> 'subject') end
        """;

    public RecordedEvent Read(NpgsqlDataReader row)
    {
        var headers = HeadersJson.Read(row.GetFieldValue<byte[]>(8));
        var (id, tenant, data) = (row.GetGuid(1), row.GetString(2), row.GetFieldValue<byte[]>(6));
        return new()
        {
            Position = row.GetInt64(0),
            Id = id,
            Tenant = tenant,
            Stream = row.GetString(3),
            Version = row.GetInt64(4),
            Type = row.GetString(5),
            Data = headers.Subject is { } subject
                ? PersonalText.Open(
                    data, row.IsDBNull(11) ? null : masters.Unwrap(tenant, subject, row.GetFieldValue<byte[]>(11)), id)
                : data,
            RecordedAt = row.GetFieldValue<DateTimeOffset>(7),
            Headers = headers,
            CorrelationId = row.IsDBNull(9) ? null : row.GetString(9),
            CausationId = row.IsDBNull(10) ? null : row.GetString(10),
        };
    }
}
