using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;
using SalesOps.Domain.Facts;
using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>How the rows of one kind of stream lie in their table.</summary>
internal abstract class FactTable<TRow>
    where TRow : class
{
    public abstract string Name { get; }

    /// <summary>The columns in the order in which <see cref="Write"/> fills them.</summary>
    protected abstract string Columns { get; }

    /// <summary>
    /// Ends the known interval of rows that are current: tenants $1, ids $2, valid_from $3, known_from $4, known_to $5,
    /// and the class of the closed interval $6 for a table that keeps it.
    /// </summary>
    protected abstract string Close(string suffix);

    /// <summary>Begins a COPY into the table, or into its twin of that suffix.</summary>
    public async Task<NpgsqlBinaryImporter> BeginCopyAsync(
        string suffix, NpgsqlConnection connection, CancellationToken cancellation) =>
        await connection.BeginBinaryImportAsync($"copy {Name}{suffix} ({Columns}) from stdin (format binary)", cancellation);

    /// <summary>
    /// Writes the table rows of a fact. Not asynchronous: awaiting each of two dozen columns would cost more than the
    /// fold, and what blocks is the filling of a buffer.
    /// </summary>
    public abstract void Write(NpgsqlBinaryImporter copy, string tenant, string id, KnownRow<TRow> row);

    /// <summary>Takes every row of a stream out, whatever time and knowledge it is of.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Table, column and suffix are constants.")]
    public async Task DeleteAsync(
        string tenant, string id, string suffix, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var idColumn = Columns.Split(',', StringSplitOptions.TrimEntries)[1];
        await using var command = new NpgsqlCommand(
            $"delete from {Name}{suffix} where tenant_id = $1 and {idColumn} = $2", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = tenant }, new NpgsqlParameter<string> { TypedValue = id },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>How many table rows <see cref="Write"/> makes of a fact.</summary>
    public virtual int RowsOf(TRow row) => 1;

    /// <summary>Closes rows that are in the table; each must be there and current.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The suffix is a constant of the rebuild.")]
    public async Task CloseAsync(
        IReadOnlyList<(string Tenant, string Id, KnownRow<TRow> Row)> closed, string suffix, NpgsqlConnection connection,
        CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Close(suffix), connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. closed.Select(entry => entry.Tenant)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. closed.Select(entry => entry.Id)] });
        command.Parameters.Add(Instants(row => row.ValidFrom));
        command.Parameters.Add(Instants(row => row.KnownFrom));
        command.Parameters.Add(Instants(row => row.KnownTo));
        command.Parameters.Add(new NpgsqlParameter<short[]>
        {
            TypedValue = [.. closed.Select(entry => IntervalClass.Of(entry.Row.KnownFrom, entry.Row.KnownTo))],
        });

        var rows = await command.ExecuteNonQueryAsync(cancellation);
        if (rows != closed.Sum(entry => RowsOf(entry.Row.Row)))
        {
            throw new InvariantViolationException($"{Name} has {rows} of the {closed.Count} facts that are to be closed.");
        }

        NpgsqlParameter<DateTimeOffset[]> Instants(Func<KnownRow<TRow>, DateTimeOffset> of) => new()
        {
            TypedValue = [.. closed.Select(entry => of(entry.Row))],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        };
    }
}
