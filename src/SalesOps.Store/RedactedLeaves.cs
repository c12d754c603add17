using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// The leaves of a tenant's events that were redacted. Only those count that an event of the log names, of its own stream
/// and recorded later: that event is under the chain as every other is.
/// </summary>
internal sealed class RedactedLeaves
{
    private readonly Dictionary<long, (byte[] Was, byte[] Now)> leaves = [];

    private RedactedLeaves()
    {
    }

    public static async Task<RedactedLeaves> ReadAsync(
        NpgsqlDataSource database, string tenant, CancellationToken cancellation)
    {
        const string read = $"""
            select r.seq_id, r.was, r.now
            from redacted_event r
            join mt_events e on e.tenant_id = r.tenant_id and e.seq_id = r.seq_id
            join mt_events by on by.id = r.erased_by and by.tenant_id = r.tenant_id and by.type = '{RecordedEvent.SubjectErased}'
              and by.stream_id = e.stream_id and by.seq_id > r.seq_id
            where r.tenant_id = $1 and by.data -> 'redacted' @> jsonb_build_array(jsonb_build_object(
              'position', r.seq_id, 'was', encode(r.was, 'hex'), 'now', encode(r.now, 'hex')))
            """;
        await using var command = database.CreateCommand(read);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant, NpgsqlDbType = NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var redacted = new RedactedLeaves();
        while (await rows.ReadAsync(cancellation))
        {
            redacted.leaves.Add(rows.GetInt64(0), (rows.GetFieldValue<byte[]>(1), rows.GetFieldValue<byte[]>(2)));
        }

        return redacted;
    }

    /// <summary>Whether a leaf differs from the sealed one because the event was redacted, and so far only.</summary>
    public bool Explain(long position, ReadOnlySpan<byte> was, ReadOnlySpan<byte> now) =>
        leaves.TryGetValue(position, out var known) && was.SequenceEqual(known.Was) && now.SequenceEqual(known.Now);
}
