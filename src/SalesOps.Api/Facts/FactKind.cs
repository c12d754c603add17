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
    /// <param name="streams">Each whole, in the order of its versions.</param>
    public abstract Task ApplyAsync(
        IReadOnlyList<IReadOnlyList<RecordedEvent>> streams, DateTimeOffset since, string suffix, NpgsqlConnection connection,
        CancellationToken cancellation);

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
        IReadOnlyList<IReadOnlyList<RecordedEvent>> streams, DateTimeOffset since, string suffix, NpgsqlConnection connection,
        CancellationToken cancellation)
    {
        // A row that became known before is in the table: it is closed there. One of now is written as it ends up.
        var rows = streams.SelectMany(stream => RowsOf(stream, since)).ToLookup(entry => entry.Row.KnownFrom < since);
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

    public override Task<NpgsqlBinaryImporter> BeginCopyAsync(
        string suffix, NpgsqlConnection connection, CancellationToken cancellation) =>
        table.BeginCopyAsync(suffix, connection, cancellation);

    public override void Write(NpgsqlBinaryImporter copy, IReadOnlyList<RecordedEvent> stream)
    {
        foreach (var (tenant, id, row) in RowsOf(stream, DateTimeOffset.MinValue))
        {
            table.Write(copy, tenant, id, row);
        }
    }

    /// <summary>The rows of a stream that were opened or closed at <paramref name="since"/> or later.</summary>
    private List<(string Tenant, string Id, KnownRow<TRow> Row)> RowsOf(
        IReadOnlyList<RecordedEvent> stream, DateTimeOffset since)
    {
        if (stream[0].Version != 1)
        {
            throw new InvariantViolationException($"The stream {stream[0].Stream} begins at version {stream[0].Version}.");
        }

        var tenant = stream[0].Tenant;
        var rows = new List<(string Tenant, string Id, KnownRow<TRow> Row)>();
        foreach (var (id, facts) in HistoriesOf(
            stream[0].Stream[(kind.Category.Length + 1)..], [.. stream.Select(EventEncoding.ToFact)]))
        {
            var history = new FactHistory<TState, TEvent, TRow>(kind.DeciderOf(id), rowOf);
            for (var start = 0; start < facts.Count;)
            {
                var recordedAt = facts[start].RecordedAt;
                var append = facts.Skip(start).TakeWhile(fact => fact.RecordedAt == recordedAt).ToArray();
                rows.AddRange(history.Learn(recordedAt, append)
                    .Where(row => row.KnownTo >= since).Select(row => (tenant, id, row)));
                start += append.Length;
            }

            rows.AddRange(history.Current.Where(row => row.KnownFrom >= since).Select(row => (tenant, id, row)));
        }

        return rows;
    }

    /// <summary>The things that a stream tells of, each with its part of the facts: most streams tell of one.</summary>
    /// <param name="id">Of the stream.</param>
    /// <param name="facts">All of them, in the order of versions.</param>
    protected virtual IEnumerable<(string Id, IReadOnlyList<Fact<object>> Facts)> HistoriesOf(
        string id, IReadOnlyList<Fact<object>> facts) => [(id, facts)];
}
