using Microsoft.Extensions.Logging.Abstractions;
using SalesOps.Store;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

public sealed class MigratorTests
{
    [Fact]
    public async Task Migrations_run_once_whoever_starts_first()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var pools = new DatabasePools(database.ConnectionString, NullLoggerFactory.Instance);
        var migrator = StoreTest.Migrator(pools);

        Assert.Contains("0001_store", await migrator.PendingAsync(default));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StoreTest.Migrator(pools).MigrateAsync(default)));

        Assert.Empty(await migrator.PendingAsync(default));
        await migrator.MigrateAsync(default);
    }

    [Fact]
    public async Task A_script_that_changed_after_it_was_applied_stops_the_start()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var pools = new DatabasePools(database.ConnectionString, NullLoggerFactory.Instance);
        var migrator = StoreTest.Migrator(pools);
        await migrator.MigrateAsync(default);
        await using (var change = pools.Background.CreateCommand("update schema_migration set sha256 = 'other' where number = 1"))
        {
            await change.ExecuteNonQueryAsync();
        }

        var refusal = await Assert.ThrowsAsync<MigrationException>(() => migrator.MigrateAsync(default));

        Assert.Contains("0001_store", refusal.Message, StringComparison.Ordinal);
    }
}
