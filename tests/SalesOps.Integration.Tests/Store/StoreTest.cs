using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SalesOps.Store;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

/// <summary>A migrated database of a test's own, and stores on it as processes have them.</summary>
public abstract class StoreTest : IAsyncLifetime
{
    internal const string Tenant = "*DEFAULT*";

    private readonly List<IAsyncDisposable> opened = [];
    private TestDatabase? database;

    internal EventStore Store { get; private set; } = null!;

    internal DatabasePools Pools { get; private set; } = null!;

    internal string ConnectionString => database!.ConnectionString;

    public virtual async Task InitializeAsync()
    {
        database = await Postgres.CreateDatabaseAsync();
        (Pools, Store) = Open(ConnectionString);
        await Migrator(Pools).MigrateAsync(default);
    }

    public async Task DisposeAsync()
    {
        opened.Reverse();
        foreach (var disposable in opened)
        {
            await disposable.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        await database!.DisposeAsync();
    }

    internal static Migrator Migrator(DatabasePools pools) =>
        new(pools.Background, [typeof(EventStore).Assembly], NullLogger<Migrator>.Instance);

    /// <summary>A store as another process would have it: its own pools and its own appender.</summary>
    internal (DatabasePools Pools, EventStore Store) Open(string connectionString)
    {
        var pools = new DatabasePools(connectionString, NullLoggerFactory.Instance);
        var store = new EventStore(pools, TimeProvider.System, NullLogger<EventStore>.Instance);
        opened.Add(pools);
        opened.Add(store);
        return (pools, store);
    }

    internal async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Pools.Background.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    internal async Task ExecuteAsync(string sql) => await ScalarAsync(sql);

    /// <summary>As a superuser who gets around the refusal of changes.</summary>
    internal Task TamperAsync(string sql) => ExecuteAsync(
        $"""
            alter table mt_events disable trigger all; {sql};
            alter table mt_events enable always trigger mt_events_append_only;
            alter table mt_events enable always trigger mt_events_redactions_only
            """);

    /// <summary>
    /// Lets what is appended share a batch: a first append is stuck at the head while the others queue behind it.
    /// </summary>
    internal async Task<AppendOutcome[]> AppendInOneBatchAsync(params Append[] appends)
    {
        await using var holder = new NpgsqlConnection(ConnectionString);
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select from log_head for update", holder))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var stuck = Store.AppendAsync(Given.Append($"stuck/{Guid.CreateVersion7()}", 0), default);
        await UntilAsync(async () => await ScalarAsync("select true from pg_locks where not granted limit 1") is true);
        var outcomes = appends.Select(append => Store.AppendAsync(append, default)).ToArray();
        await transaction.RollbackAsync();
        await stuck;
        return await Task.WhenAll(outcomes);
    }

    internal static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            Assert.True(tries < 1_000, "What was waited for did not happen within ten seconds.");
            await Task.Delay(10);
        }
    }

    internal async Task<List<RecordedEvent>> LogAsync(EventStore? store = null, int pageSize = 500)
    {
        store ??= Store;
        var head = await store.HeadAsync(default);
        var log = new List<RecordedEvent>();
        await foreach (var page in store.ReadLogAsync(0, head.Position, pageSize, default))
        {
            log.AddRange(page);
        }

        return log;
    }
}

/// <summary>Short ways to say what is appended.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static NewEvent Event(string type = "thing_happened", string data = """{"n": 1}""") =>
        new(Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(data), new() { EffectiveAt = Noon, Actor = "ann" });

    public static NewEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(_ => Event())];

    public static Append Append(string stream, long? expected, params NewEvent[] events) =>
        new(StoreTest.Tenant, [new StreamWrite(stream, expected, events.Length == 0 ? [Event()] : events)]);

    public static IdempotencyClaim Claim(string key, string hash = "h") =>
        new(key, hash, appended => $"answer at {appended.Position}");

    public static async Task<AppendOutcome.Appended> AppendedAsync(this EventStore store, Append append) =>
        Assert.IsType<AppendOutcome.Appended>(await store.AppendAsync(append, default));
}
