using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace SalesOps.Store;

/// <summary>A row that the live tables have and the log doesn't give, or the other way round.</summary>
/// <param name="Row">As JSON.</param>
/// <param name="IsExtra">Whether the live table has it.</param>
public sealed record ProjectionDifference(string Table, string Row, bool IsExtra);

/// <summary>What a projection's tables are, compared with what the log makes of them.</summary>
/// <param name="Position">How far both were.</param>
/// <param name="Rows">How many rows the log gives.</param>
/// <param name="Differences">Some hundred of each table at most.</param>
public sealed record ProjectionComparison(long Position, long Rows, IReadOnlyList<ProjectionDifference> Differences)
{
    private const int MostOfTable = 100;

    /// <summary>Brings live tables and twins to one position, in a transaction that leaves nothing, and compares them.</summary>
    /// <param name="filled">How far the twins are; the rest comes page by page.</param>
    internal static async Task<ProjectionComparison> MakeAsync(
        EventStore store, IProjection projection, string suffix, NpgsqlConnection connection, long filled, int pageSize,
        CancellationToken cancellation)
    {
        var checkpoint = new Checkpoint(projection);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await checkpoint.HoldAsync(connection, cancellation);
        var live = await PositionAsync(projection, connection, cancellation);
        if (live < filled)
        {
            await foreach (var page in store.ReadLogAsync(live, filled, pageSize, cancellation))
            {
                await projection.ApplyAsync(page, string.Empty, connection, cancellation);
            }
        }
        else
        {
            await foreach (var page in store.ReadLogAsync(filled, live, pageSize, cancellation))
            {
                await projection.ApplyAsync(page, suffix, connection, cancellation);
            }
        }

        var rows = 0L;
        var differences = new List<ProjectionDifference>();
        foreach (var table in projection.Tables)
        {
            rows += await CountAsync(connection, table + suffix, cancellation);
            differences.AddRange(await ExceptAsync(connection, table, table, table + suffix, cancellation));
            differences.AddRange(await ExceptAsync(connection, table, table + suffix, table, cancellation));
        }

        await transaction.RollbackAsync(CancellationToken.None);
        return new(Math.Max(live, filled), rows, differences);
    }

    private static async Task<long> PositionAsync(
        IProjection projection, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select last_seq_id from mt_event_progression where name = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"{projection.Name}:{projection.Version}" });
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names come from the projection.")]
    private static async Task<long> CountAsync(NpgsqlConnection connection, string table, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select count(*) from {table}", connection) { CommandTimeout = 0 };
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names come from the projection.")]
    private static async Task<List<ProjectionDifference>> ExceptAsync(
        NpgsqlConnection connection, string table, string left, string right, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select to_jsonb(d)::text from (select * from {left} except all select * from {right}) d limit {MostOfTable}", connection)
        {
            CommandTimeout = 0,
        };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<ProjectionDifference>();
        while (await rows.ReadAsync(cancellation))
        {
            found.Add(new(table, rows.GetString(0), IsExtra: left == table));
        }

        return found;
    }
}
