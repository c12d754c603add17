using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// Fills a projection's tables anew from the whole log, beside the live ones, and swaps them by rename. Readers see the
/// old tables until the swap and the new ones, no less far along, after it.
/// </summary>
public sealed partial class Rebuilder(DatabasePools pools, EventStore store, TimeProvider time, ILogger<Rebuilder> logger)
{
    private const string Suffix = "_rebuilt";
    private const int PageSize = 2_000;
    private const int SwapTries = 20;

    private static readonly TimeSpan betweenSwapTries = TimeSpan.FromMilliseconds(500);

    private sealed record Index(string Table, string Name, string Definition);

    /// <summary>Gives the position that the new tables were at when they went live.</summary>
    public async Task<long> RebuildAsync(IProjection projection, CancellationToken cancellation, int pageSize = PageSize) =>
        await TryRebuildAsync(projection, cancellation, pageSize)
            ?? throw new InvariantViolationException($"The projection {projection.Name} is being rebuilt already.");

    /// <summary>The same; null where another process is at it.</summary>
    public async Task<long?> TryRebuildAsync(
        IProjection projection, CancellationToken cancellation, int pageSize = PageSize)
    {
        await using var alone = await LeaderLock.TryTakeAsync(pools, $"rebuild {projection.Name}", cancellation);
        if (alone is null)
        {
            return null;
        }

        await using var connection = await pools.Background.OpenConnectionAsync(cancellation);
        foreach (var table in projection.Tables)
        {
            await CreateTwinAsync(connection, table, cancellation);
        }

        var filled = (await store.HeadAsync(cancellation)).Position;
        await projection.FillAsync(store.ReadByStreamAsync(filled, cancellation), Suffix, connection, cancellation);
        Filled(logger, projection.Name, filled);
        var indexes = new List<Index>();
        foreach (var table in projection.Tables)
        {
            indexes.AddRange(await BuildIndexesAsync(connection, table, cancellation));
        }

        filled = await CatchUpAsync(projection, connection, filled, pageSize, cancellation);
        for (var tries = 1; ; tries++)
        {
            try
            {
                var position = await SwapAsync(projection, connection, indexes, filled, pageSize, cancellation);
                Swapped(logger, projection.Name, position);
                return position;
            }
            catch (PostgresException refusal)
                when (refusal.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
                    && tries < SwapTries)
            {
                // A long reader; nothing is lost by trying again.
                await Task.Delay(betweenSwapTries, time, cancellation);
            }
        }
    }

    /// <summary>
    /// Fills twins of a projection's tables from the whole log, compares them with the live ones at the same position and
    /// drops them; null where another process is at it. The projection stands still for the comparison itself.
    /// </summary>
    public async Task<ProjectionComparison?> TryCompareAsync(IProjection projection, CancellationToken cancellation)
    {
        await using var alone = await LeaderLock.TryTakeAsync(pools, $"rebuild {projection.Name}", cancellation);
        if (alone is null)
        {
            return null;
        }

        await using var connection = await pools.Background.OpenConnectionAsync(cancellation);
        try
        {
            foreach (var table in projection.Tables)
            {
                await CreateTwinAsync(connection, table, cancellation);
            }

            var filled = (await store.HeadAsync(cancellation)).Position;
            await projection.FillAsync(store.ReadByStreamAsync(filled, cancellation), Suffix, connection, cancellation);
            return await ProjectionComparison.MakeAsync(store, projection, Suffix, connection, filled, PageSize, cancellation);
        }
        finally
        {
            var twins = string.Join(", ", projection.Tables.Select(table => table + Suffix));
            await ExecuteAsync(connection, $"drop table if exists {twins}", CancellationToken.None);
        }
    }

    /// <summary>Applies what the log gained while the tables were filled, until no more than a page is left for the swap.</summary>
    private async Task<long> CatchUpAsync(
        IProjection projection, NpgsqlConnection connection, long filled, int pageSize, CancellationToken cancellation)
    {
        while (await store.HeadAsync(cancellation) is { } head && head.Position > filled + pageSize)
        {
            await foreach (var page in store.ReadLogAsync(filled, head.Position, pageSize, cancellation))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                await projection.ApplyAsync(page, Suffix, connection, cancellation);
                await transaction.CommitAsync(cancellation);
                filled = page[^1].Position;
            }
        }

        return filled;
    }

    private static async Task CreateTwinAsync(NpgsqlConnection connection, string table, CancellationToken cancellation)
    {
        const string twin = """
            select format('drop table if exists %1$s; create table %1$s (like %2$s including all excluding indexes)',
                          $1 || $2, $1)
                   || coalesce(' with (' || array_to_string(reloptions, ', ') || ')', '')
            from pg_class where oid = $1::regclass
            """;
        await using var command = new NpgsqlCommand(twin, connection) { Parameters = { Text(table), Text(Suffix) } };
        await ExecuteAsync(connection, (string)(await command.ExecuteScalarAsync(cancellation))!, cancellation);
    }

    /// <summary>Gives the twin what the live table has, once it is full: that is faster and packs the indexes.</summary>
    private static async Task<List<Index>> BuildIndexesAsync(
        NpgsqlConnection connection, string table, CancellationToken cancellation)
    {
        const string find = """
            select i.relname::text,
                   case when c.oid is not null
                     then format('alter table %s add constraint %I %s', $1 || $2, i.relname || $2, pg_get_constraintdef(c.oid))
                     else format('create %sindex %I on %s%s', case when x.indisunique then 'unique ' else '' end,
                                 i.relname || $2, $1 || $2, substring(pg_get_indexdef(x.indexrelid) from ' USING .*$'))
                   end
            from pg_index x
            join pg_class i on i.oid = x.indexrelid
            left join pg_constraint c
              on c.conindid = x.indexrelid and c.conrelid = x.indrelid and c.contype in ('p', 'u', 'x')
            where x.indrelid = $1::regclass
            order by 1
            """;
        var indexes = new List<Index>();
        await using (var command = new NpgsqlCommand(find, connection) { Parameters = { Text(table), Text(Suffix) } })
        {
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                indexes.Add(new(table, rows.GetString(0), rows.GetString(1)));
            }
        }

        foreach (var index in indexes)
        {
            await ExecuteAsync(connection, index.Definition, cancellation);
        }

        await ExecuteAsync(connection, $"vacuum analyze {table}{Suffix}", cancellation);
        return indexes;
    }

    /// <summary>
    /// One transaction: nobody moves a checkpoint any more, the tables change places, what the log has gained is applied,
    /// and the checkpoint says so. Whatever version the old tables were, the new ones are this one's.
    /// </summary>
    private async Task<long> SwapAsync(
        IProjection projection, NpgsqlConnection connection, List<Index> indexes, long filled, int pageSize,
        CancellationToken cancellation)
    {
        var checkpoint = new Checkpoint(projection);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await checkpoint.HoldAsync(connection, cancellation);
        // Short, for readers queue behind this wait.
        await ExecuteAsync(connection, "set local lock_timeout = '1s'", cancellation);
        var tables = string.Join(", ", projection.Tables);
        await ExecuteAsync(connection, $"lock table {tables} in access exclusive mode", cancellation);
        foreach (var table in projection.Tables)
        {
            await CarryGrantsAsync(connection, table, cancellation);
        }

        await ExecuteAsync(connection, $"drop table {tables}", cancellation);
        foreach (var table in projection.Tables)
        {
            await ExecuteAsync(connection, $"alter table {table}{Suffix} rename to {table}", cancellation);
        }

        foreach (var index in indexes)
        {
            await ExecuteAsync(connection, $"""alter index "{index.Name}{Suffix}" rename to "{index.Name}" """, cancellation);
        }

        var head = await store.HeadAsync(cancellation);
        await foreach (var page in store.ReadLogAsync(filled, head.Position, pageSize, cancellation))
        {
            await projection.ApplyAsync(page, string.Empty, connection, cancellation);
        }

        await checkpoint.TakeAsync(connection, head.Position, cancellation);
        await transaction.CommitAsync(cancellation);
        return head.Position;
    }

    /// <summary>Who may read the live table may read the new one.</summary>
    private static async Task CarryGrantsAsync(NpgsqlConnection connection, string table, CancellationToken cancellation)
    {
        const string grants = """
            select string_agg(format('grant %s on %s to %s%s', a.privilege_type, $1 || $2,
                                     case when a.grantee = 0 then 'public' else a.grantee::regrole::text end,
                                     case when a.is_grantable then ' with grant option' else '' end), '; ')
            from pg_class c cross join aclexplode(c.relacl) a
            where c.oid = $1::regclass and a.grantee <> c.relowner
            """;
        await using var command = new NpgsqlCommand(grants, connection) { Parameters = { Text(table), Text(Suffix) } };
        if (await command.ExecuteScalarAsync(cancellation) is string given)
        {
            await ExecuteAsync(connection, given, cancellation);
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names come from the projection and from the catalogue.")]
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // No command timeout: building an index takes as long as it takes.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlParameter<string> Text(string value) =>
        new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    [LoggerMessage(Level = LogLevel.Information, Message = "Rebuild of {Projection}: filled up to {Position}")]
    private static partial void Filled(ILogger logger, string projection, long position);

    [LoggerMessage(Level = LogLevel.Information, Message = "Rebuild of {Projection}: live at {Position}")]
    private static partial void Swapped(ILogger logger, string projection, long position);
}
