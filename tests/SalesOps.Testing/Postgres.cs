using Npgsql;

namespace SalesOps.Testing;

/// <summary>A fresh database per test class on the server that <c>SALESOPS_TEST_POSTGRES</c> names.</summary>
public static class Postgres
{
    private static readonly string server =
        Environment.GetEnvironmentVariable("SALESOPS_TEST_POSTGRES")
        ?? "Host=127.0.0.1;Port=54331;Username=postgres;Database=postgres";

    public static async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"create database {name}");
        return new TestDatabase(name, new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString);
    }

    internal static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Dropped when it is disposed.</summary>
public sealed class TestDatabase(string name, string connectionString) : IAsyncDisposable
{
    public string ConnectionString { get; } = connectionString;

    public async ValueTask DisposeAsync() => await Postgres.ExecuteAsync($"drop database {name} with (force)");
}
