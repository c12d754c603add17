using Npgsql;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>One kind of stream that facts are kept of.</summary>
internal abstract class FactKind
{
    /// <summary>What the ids of its streams begin with, before the slash.</summary>
    public abstract string Category { get; }

    public abstract string Table { get; }

    /// <summary>Writes what appends from <paramref name="since"/> on change in the rows of the streams.</summary>
    /// <param name="streams">In the order of versions, each whole or from where its kept history ends.</param>
    /// <param name="kept">Histories to go on from; they go on to the end of the streams.</param>
    public abstract Task ApplyAsync(
        IReadOnlyList<IReadOnlyList<RecordedEvent>> streams, KeptHistories kept, DateTimeOffset since, string suffix,
        NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>Takes every row of a stream out; only of streams that have people in them.</summary>
    public virtual Task DeleteAsync(
        string tenant, string stream, string suffix, NpgsqlConnection connection, CancellationToken cancellation) =>
        throw new InvariantViolationException($"Of {Table} nothing can be erased.");

    /// <summary>Begins a COPY into the table, or into its twin of that suffix.</summary>
    public abstract Task<NpgsqlBinaryImporter> BeginCopyAsync(
        string suffix, NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>Writes every row that was ever known of a stream.</summary>
    public abstract void Write(NpgsqlBinaryImporter copy, IReadOnlyList<RecordedEvent> stream);
}

/// <summary>The facts of streams of one type, kept in one table.</summary>
/// <param name="kind">How the events of such a stream make state.</param>
/// <param name="rowOf">What is kept of a state.</param>
/// <param name="table">Where.</param>
internal class FactKind<TState, TEvent, TRow>(
    StreamKind<TState, TEvent> kind, Func<TState, TRow?> rowOf, FactTable<TRow> table) : FactKind
    where TEvent : class
    where TRow : class
{
    public override string Category => kind.Category;

    public override string Table => table.Name;

    public override async Task ApplyAsync(
        IReadOnlyList<IReadOnlyList<RecordedEvent>> streams, KeptHistories kept, DateTimeOffset since, string suffix,
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        // A row that became known before is in the table: it is closed there. One of now is written as it ends up.
        var rows = streams.SelectMany(stream => RowsOf(stream, since, kept)).ToLookup(entry => entry.Row.KnownFrom < since);
        if (rows[true].ToArray() is { Length: > 0 } closed)
        {
            await table.CloseAsync(closed, suffix, connection, cancellation);
        }

        if (rows[false].Any())
        {
            await using var copy = await table.BeginCopyAsync(suffix, connection, cancellation);
            foreach (var (tenant, id, row) in rows[false])
            {
                table.Write(copy, tenant, id, row);
            }

            await copy.CompleteAsync(cancellation);
        }
    }

    public override Task DeleteAsync(
        string tenant, string stream, string suffix, NpgsqlConnection connection, CancellationToken cancellation) =>
        table.DeleteAsync(tenant, stream[(kind.Category.Length + 1)..], suffix, connection, cancellation);

    public override Task<NpgsqlBinaryImporter> BeginCopyAsync(
        string suffix, NpgsqlConnection connection, CancellationToken cancellation) =>
        table.BeginCopyAsync(suffix, connection, cancellation);

    public override void Write(NpgsqlBinaryImporter copy, IReadOnlyList<RecordedEvent> stream)
    {
        foreach (var (tenant, id, row) in RowsOf(stream, DateTimeOffset.MinValue, kept: null))
        {
            table.Write(copy, tenant, id, row);
        }
    }

    /// <summary>The rows of a stream that were opened or closed at <paramref name="since"/> or later.</summary>
    protected virtual List<(string Tenant, string Id, KnownRow<TRow> Row)> RowsOf(
        IReadOnlyList<RecordedEvent> stream, DateTimeOffset since, KeptHistories? kept)
    {
        var (tenant, name) = (stream[0].Tenant, stream[0].Stream);
        var id = name[(kind.Category.Length + 1)..];
        var history = kept?.Find<FactHistory<TState, TEvent, TRow>>(tenant, name, stream[0].Version - 1)
            ?? (stream[0].Version == 1
                ? new FactHistory<TState, TEvent, TRow>(kind.DeciderOf(id), rowOf)
                : throw new InvariantViolationException($"The stream {name} begins at version {stream[0].Version}."));
        var rows = RowsOf(history, [.. stream.Select(EventEncoding.ToFact)], tenant, id, since);
        kept?.Keep(tenant, name, stream[^1].Version, history, history.FactCount);
        return rows;
    }

    /// <summary>The same of the history of one thing, that goes on by facts in the order of their versions.</summary>
    protected static List<(string Tenant, string Id, KnownRow<TRow> Row)> RowsOf(
        FactHistory<TState, TEvent, TRow> history, IReadOnlyList<Fact<object>> facts, string tenant, string id,
        DateTimeOffset since)
    {
        var rows = new List<(string Tenant, string Id, KnownRow<TRow> Row)>();
        for (var start = 0; start < facts.Count;)
        {
            var recordedAt = facts[start].RecordedAt;
            var append = facts.Skip(start).TakeWhile(fact => fact.RecordedAt == recordedAt).ToArray();
            rows.AddRange(history.Learn(recordedAt, append)
                .Where(row => row.KnownTo >= since).Select(row => (tenant, id, row)));
            start += append.Length;
        }

        rows.AddRange(history.Current.Where(row => row.KnownFrom >= since).Select(row => (tenant, id, row)));
        return rows;
    }
}
