using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SalesOps.Api.Http;
using SalesOps.Store;
using SalesOps.Testing;

namespace SalesOps.Benchmarks;

/// <summary>A fresh database with the product's schema and its store, on the server that the bench has started.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    public const string Tenant = Caller.OnlyTenant;

    private readonly TestDatabase database;

    private BenchDatabase(TestDatabase database)
    {
        this.database = database;
        Pools = new(ConnectionString, NullLoggerFactory.Instance);
        Store = new(Pools, TimeProvider.System, NullLogger<EventStore>.Instance);
    }

    public string ConnectionString => database.ConnectionString;

    public DatabasePools Pools { get; }

    public EventStore Store { get; }

    public static async Task<BenchDatabase> CreateAsync(CancellationToken cancellation)
    {
        var made = new BenchDatabase(await Postgres.CreateDatabaseAsync());
        await new Migrator(
            made.Pools.Dedicated, [typeof(EventStore).Assembly, typeof(IEndpoint).Assembly],
            NullLogger<Migrator>.Instance).MigrateAsync(cancellation);
        return made;
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = Pools.Dedicated.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Pools.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await database.DisposeAsync();
    }
}
