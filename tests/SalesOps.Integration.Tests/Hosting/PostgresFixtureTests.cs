using Npgsql;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Hosting;

public sealed class PostgresFixtureTests
{
    [Fact]
    public async Task Each_test_gets_an_empty_database_on_a_durable_server()
    {
        await using var one = await Postgres.CreateDatabaseAsync();
        await using var other = await Postgres.CreateDatabaseAsync();
        await using var make = one.DataSource.CreateCommand("create table t (n int)");
        await make.ExecuteNonQueryAsync();

        await using var look = other.DataSource.CreateCommand("select count(*) from pg_tables where tablename = 't'");
        Assert.Equal(0L, await look.ExecuteScalarAsync());
        await using var durable = other.DataSource.CreateCommand(
            "select current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes')");
        Assert.Equal("ononon", await durable.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_killed_cluster_comes_back_on_its_port_with_its_data()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using (var write = source.CreateCommand("create table t as select 7 as n"))
        {
            await write.ExecuteNonQueryAsync();
        }

        await cluster.KillAsync();
        await cluster.StartAsync();
        source.Clear();

        await using var read = source.CreateCommand("select n from t");
        Assert.Equal(7, await read.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_frozen_cluster_answers_nobody_until_it_thaws()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var read = new NpgsqlCommand("select 1", connection);

        await cluster.FreezeAsync();
        var answer = read.ExecuteScalarAsync();
        Assert.NotSame(answer, await Task.WhenAny(answer, Task.Delay(300)));

        await cluster.ThawAsync();
        Assert.Equal(1, await answer);
    }
}
