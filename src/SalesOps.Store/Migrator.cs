using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SalesOps.Store;

/// <summary>A migration can't be applied: a script was changed after it ran, or two claim one number.</summary>
public sealed class MigrationException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// Brings the schema forward by the numbered scripts embedded in the given assemblies (<c>Migrations/NNNN_name.sql</c>):
/// each in one transaction, each once, one process at a time.
/// </summary>
public sealed partial class Migrator(NpgsqlDataSource database, IReadOnlyList<Assembly> assemblies, ILogger<Migrator> logger)
{
    private sealed record Script(int Number, string Name, string Sql, string Hash);

    /// <summary>The scripts that this program has and the database has not; asks nothing but the database's word.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var applied = await AppliedAsync(connection, cancellation);
        return [.. Scripts().Where(script => !applied.ContainsKey(script.Number)).Select(FullName)];
    }

    /// <summary>Applies what is pending; a changed hash of an applied script stops it before anything is done.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        var scripts = Scripts();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, "select pg_advisory_lock(hashtextextended('salesops migrator', 0))", cancellation);
        try
        {
            await ExecuteAsync(connection, """
                create table if not exists schema_migration (
                  number integer primary key,
                  name text not null,
                  sha256 text not null,
                  applied_at timestamptz not null default now()
                )
                """, cancellation);
            var applied = await AppliedAsync(connection, cancellation);
            foreach (var script in scripts)
            {
                if (applied.TryGetValue(script.Number, out var hash) && hash != script.Hash)
                {
                    throw new MigrationException(
                        $"Migration {FullName(script)} was changed after it had been applied: the database has sha256 "
                        + $"{hash}, this program has {script.Hash}. Applied migrations never change; write a new one.");
                }
            }

            foreach (var script in scripts.Where(script => !applied.ContainsKey(script.Number)))
            {
                await ApplyAsync(connection, script, cancellation);
                Applied(logger, FullName(script));
            }
        }
        finally
        {
            await ExecuteAsync(connection, "select pg_advisory_unlock(hashtextextended('salesops migrator', 0))",
                CancellationToken.None);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Script script, CancellationToken cancellation)
    {
        const string record = "insert into schema_migration (number, name, sha256) values ($1, $2, $3)";
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await ExecuteAsync(connection, script.Sql, cancellation);
        }
        catch (PostgresException refusal)
        {
            throw new MigrationException($"Migration {FullName(script)} failed: {refusal.MessageText}", refusal);
        }

        await using var command = new NpgsqlCommand(record, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = script.Number },
                new NpgsqlParameter<string> { TypedValue = script.Name },
                new NpgsqlParameter<string> { TypedValue = script.Hash },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<int, string>();
        await using (var exists = new NpgsqlCommand("select to_regclass('schema_migration') is not null", connection))
        {
            if (await exists.ExecuteScalarAsync(cancellation) is not true)
            {
                return applied;
            }
        }

        await using var command = new NpgsqlCommand("select number, sha256 from schema_migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Scripts are embedded in the program.")]
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // No command timeout: building an index over the log takes as long as it takes.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private List<Script> Scripts()
    {
        var scripts = new List<Script>();
        foreach (var assembly in assemblies)
        {
            foreach (var resource in assembly.GetManifestResourceNames())
            {
                const string folder = ".Migrations.";
                var start = resource.IndexOf(folder, StringComparison.Ordinal);
                if (start >= 0 && resource.EndsWith(".sql", StringComparison.Ordinal))
                {
                    scripts.Add(Read(assembly, resource, resource[(start + folder.Length)..^".sql".Length]));
                }
            }
        }

        scripts.Sort((one, other) => one.Number.CompareTo(other.Number));
        for (var i = 1; i < scripts.Count; i++)
        {
            if (scripts[i].Number == scripts[i - 1].Number)
            {
                throw new MigrationException(
                    $"Two migrations have the same number: {FullName(scripts[i - 1])} and {FullName(scripts[i])}.");
            }
        }

        return scripts;
    }

    private static Script Read(Assembly assembly, string resource, string fileName)
    {
        if (fileName.Length < 6 || fileName[4] != '_'
            || !int.TryParse(fileName.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new MigrationException($"The migration {fileName} is not named NNNN_name.sql.");
        }

        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        // A checkout with other line ends is the same script.
        var sql = text.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
        return new(number, fileName[5..], sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }

    private static string FullName(Script script) => $"{script.Number:D4}_{script.Name}";

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied migration {Migration}")]
    private static partial void Applied(ILogger logger, string migration);
}
