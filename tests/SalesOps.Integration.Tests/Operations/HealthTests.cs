using Npgsql;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Operations;

public sealed class HealthTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task It_lives() => Assert.Equal("live", (await host.GetAsync("/health/live")).Expect(200)["status"]);

    [Fact]
    public async Task It_is_ready_and_names_what_it_looked_at()
    {
        var answer = (await host.GetAsync("/health/ready")).Expect(200);

        Assert.Equal("ready", answer["status"]);
        Assert.Equal(
            ["database", "migrations", "projection facts:4", "notary"],
            answer.Json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_migration_that_is_pending_is_named()
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var forget = source.CreateCommand("update schema_migration set number = -number where number = 1");
        await using var remember = source.CreateCommand("update schema_migration set number = 1 where number = -1");

        await forget.ExecuteNonQueryAsync();
        var answer = await host.GetAsync("/health/ready");
        await remember.ExecuteNonQueryAsync();

        answer.Expect(503);
        Assert.Equal("not-ready", answer["status"]);
        Assert.Equal("Pending: 0001_store.", answer["checks.1.detail"]);
    }
}

public sealed class HealthWithAnEventThatNobodyKnowsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_projection_that_has_stopped_is_named_with_its_place_and_the_server_lives_on()
    {
        (await host.PostAsync("/v1/deals", """{"id":"d1","name":"Discs"}""")).Expect(201);
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var dream = source.CreateCommand("""
            with head as (update log_head set last_seq = last_seq + 1, last_recorded_at = last_recorded_at + interval '1 s' returning *)
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, headers)
            select last_seq, gen_random_uuid(), 'deal/d1', 2, '{}', 'deal_dreamt', last_recorded_at,
                   '{"effectiveAt": "2025-01-01T00:00:00Z", "actor": "nobody"}' from head
            """);
        await dream.ExecuteNonQueryAsync();

        var answer = await host.GetAsync("/health/ready");
        for (var tries = 0; tries < 100 && answer.Status == 200; tries++)
        {
            await Task.Delay(100);
            answer = await host.GetAsync("/health/ready");
        }

        answer.Expect(503);
        Assert.Equal("Stopped at position 2 (deal_dreamt).", answer["checks.2.detail"]);
        (await host.PostAsync("/v1/deals", """{"id":"d2","name":"Tapes"}""")).Expect(201);
        (await host.GetAsync("/v1/pipeline?minPosition=2")).Expect(503);
    }
}

public sealed class HealthWithoutDatabaseTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_database_that_is_gone_is_named_and_the_server_lives_on()
    {
        var name = new NpgsqlConnectionStringBuilder(host.ConnectionString).Database;
        await using var server = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(host.ConnectionString) { Database = "postgres" }.ConnectionString);
        await using var drop = server.CreateCommand($"drop database {name} with (force)");
        await drop.ExecuteNonQueryAsync();

        var answer = (await host.GetAsync("/health/ready")).Expect(503);

        Assert.Equal("database", answer["checks.0.name"]);
        Assert.Equal("false", answer["checks.0.ready"]);
        (await host.GetAsync("/health/live")).Expect(200);
    }
}
