using Npgsql;
using NpgsqlTypes;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>The postings of journals, one row each. A journal is never taken back, so rows are only added.</summary>
internal sealed class LedgerFactKind : FactKind
{
    private const string Columns = """
        tenant_id, position, line, posting, event_id, recorded_at, rep_id, source, kind, posted_on, effective_on, origin,
        account, amount, line_amount, currency, rule, deal_id, credit_id, component, part, plan_id, plan_version,
        cause_event_id, engine
        """;

    public override string Category => StreamKinds.Ledgers.Category;

    public override string Table => "ledger_entries";

    public override async Task ApplyAsync(
        IReadOnlyList<IReadOnlyList<RecordedEvent>> streams, KeptHistories kept, DateTimeOffset since, string suffix,
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var copy = await BeginCopyAsync(suffix, connection, cancellation);
        foreach (var stream in streams)
        {
            Write(copy, [.. stream.Where(recorded => recorded.RecordedAt >= since)]);
            kept.Keep(stream[0].Tenant, stream[0].Stream, stream[^1].Version, this, facts: 1);
        }

        await copy.CompleteAsync(cancellation);
    }

    public override async Task<NpgsqlBinaryImporter> BeginCopyAsync(
        string suffix, NpgsqlConnection connection, CancellationToken cancellation) =>
        await connection.BeginBinaryImportAsync($"copy {Table}{suffix} ({Columns}) from stdin (format binary)", cancellation);

    public override void Write(NpgsqlBinaryImporter copy, IReadOnlyList<RecordedEvent> stream)
    {
        foreach (var recorded in stream)
        {
            if (EventCatalog.Decode(recorded.Type, recorded.Data.Span) is LedgerEvent.JournalPosted journal)
            {
                foreach (var (index, line) in journal.Lines.Index())
                {
                    foreach (var (place, posting) in line.Postings.Index())
                    {
                        Write(copy, recorded, journal, (index, line), (place, posting));
                    }
                }
            }
        }
    }

    private static void Write(
        NpgsqlBinaryImporter copy, RecordedEvent recorded, LedgerEvent.JournalPosted journal, (int Index, JournalLine Line) at,
        (int Place, Posting Posting) side)
    {
        var line = at.Line;
        copy.StartRow();
        copy.WriteText(recorded.Tenant);
        copy.Write(recorded.Position, NpgsqlDbType.Bigint);
        copy.WriteInteger(at.Index);
        copy.WriteInteger(side.Place);
        copy.Write(recorded.Id, NpgsqlDbType.Uuid);
        copy.WriteInstant(recorded.RecordedAt);
        copy.WriteText(journal.RepId.Value);
        copy.WriteText(EnumName<JournalSource>.Of(journal.Source));
        copy.WriteText(EnumName<PostingKind>.Of(line.Kind));
        copy.WriteDate(journal.DateOf(line));
        copy.WriteDate(line.On);
        copy.WriteDate(Period.Find(journal.OriginPeriod)!.Value.From);
        copy.WriteText(EnumName<LedgerAccount>.Of(side.Posting.Account));
        copy.WriteNumber(side.Posting.Amount);
        copy.WriteNumber(line.Amount.Amount);
        copy.WriteText(line.Amount.Currency);
        copy.WriteText(line.Rule);
        copy.WriteText(line.DealId?.Value);
        copy.WriteText(line.CreditId);
        copy.WriteText(line.Component);
        copy.WriteText(line.Part);
        copy.WriteText(line.PlanId?.Value);
        copy.WriteInteger(line.PlanVersion);
        copy.WriteText(line.CauseEventId ?? journal.CauseEventId);
        copy.WriteText(journal.Engine);
    }
}
