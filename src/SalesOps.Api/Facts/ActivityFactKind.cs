using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>
/// The rows of <c>activity_facts</c>: one for each activity that was noted of a deal. No state is made of them, so no
/// history is needed: one that is taken back is closed by its event.
/// </summary>
internal sealed class ActivityFactKind : FactKind
{
    private static readonly string EventType = EventCatalog.NameOf(new DealEvent.ActivityLogged(ActivityKind.Call, default));

    private const string Columns = "tenant_id, deal_id, event_id, at, known_from, known_to, kind, rep_id, contact_id";

    public override string Category => StreamKinds.Deals.Category;

    public override string Table => "activity_facts";

    public override async Task ApplyAsync(
        IReadOnlyList<IReadOnlyList<RecordedEvent>> streams, KeptHistories kept, DateTimeOffset since, string suffix,
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        var closed = new List<(RecordedEvent By, Guid Id)>();
        foreach (var stream in streams)
        {
            rows.AddRange(RowsOf([.. stream.Where(recorded => recorded.RecordedAt >= since)], closed));
        }

        if (closed.Count > 0)
        {
            await CloseAsync(closed, suffix, connection, cancellation);
        }

        if (rows.Count > 0)
        {
            await using var copy = await BeginCopyAsync(suffix, connection, cancellation);
            rows.ForEach(row => Write(copy, row));
            await copy.CompleteAsync(cancellation);
        }
    }

    public override async Task<CopyWriter> BeginCopyAsync(
        string suffix, NpgsqlConnection connection, CancellationToken cancellation) =>
        await CopyWriter.BeginAsync(connection, Table + suffix, Columns, cancellation);

    public override void Write(CopyWriter copy, IReadOnlyList<RecordedEvent> stream)
    {
        foreach (var row in RowsOf(stream, []))
        {
            Write(copy, row);
        }
    }

    /// <summary>The activities among the events as known after them; what they take back of earlier ones is put to the closed.</summary>
    private static IEnumerable<Row> RowsOf(IReadOnlyList<RecordedEvent> events, List<(RecordedEvent By, Guid Id)> closed)
    {
        var rows = new Dictionary<Guid, Row>();
        foreach (var recorded in events)
        {
            foreach (var id in recorded.Headers.Voids)
            {
                if (rows.TryGetValue(id, out var row))
                {
                    rows[id] = row with { KnownTo = recorded.RecordedAt };
                }
                else
                {
                    closed.Add((recorded, id));
                }
            }

            if (recorded.Type == EventType)
            {
                rows[recorded.Id] = new(recorded, DateTimeOffset.MaxValue);
            }
        }

        return rows.Values.Where(row => row.KnownTo > row.Recorded.RecordedAt);
    }

    [SuppressMessage("Security", "CA2100", Justification = "The suffix is a constant of the rebuild.")]
    private static async Task CloseAsync(
        List<(RecordedEvent By, Guid Id)> closed, string suffix, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var sql = $"""
            update activity_facts{suffix} t set known_to = closed.known_to
            from unnest($1, $2, $3) closed (tenant, id, known_to)
            where t.tenant_id = closed.tenant and t.event_id = closed.id and t.known_to = 'infinity'
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. closed.Select(entry => entry.By.Tenant)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. closed.Select(entry => entry.Id)] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]>
        {
            TypedValue = [.. closed.Select(entry => entry.By.RecordedAt)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Write(CopyWriter copy, Row row)
    {
        var recorded = row.Recorded;
        var activity = (DealEvent.ActivityLogged)EventCatalog.Decode(recorded.Type, recorded.Data.Span);
        copy.StartRow();
        copy.WriteText(recorded.Tenant);
        copy.WriteText(StreamName.IdOf(recorded.Stream));
        copy.Write(recorded.Id);
        copy.Write(recorded.Headers.EffectiveAt);
        copy.Write(recorded.RecordedAt);
        copy.Write(row.KnownTo);
        copy.WriteText(EnumName<ActivityKind>.Of(activity.Kind));
        copy.WriteText(activity.RepId.Value);
        copy.WriteText(activity.ContactId?.Value);
    }

    private sealed record Row(RecordedEvent Recorded, DateTimeOffset KnownTo);
}
