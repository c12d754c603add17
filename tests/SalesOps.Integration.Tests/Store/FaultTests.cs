using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SalesOps.Store;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

public sealed class FaultTests : StoreTest
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_commit_whose_answer_was_lost_is_read_back_and_one_that_was_lost_is_written_again(
        bool delivered, bool keyed)
    {
        await using var proxy = Proxy("deal/cut");
        proxy.DeliversLast = delivered;
        proxy.CutsAt = keyed ? 2 : 1;
        var (_, store) = Open(Through(proxy));
        await store.AppendedAsync(Given.Append("deal/before", 0));
        var append = Given.Append("deal/cut", 0) with { Claim = keyed ? Given.Claim("k") : null };

        var outcome = await store.AppendAsync(append, default);

        Assert.True(proxy.HasCut);
        var appended = Assert.IsType<AppendOutcome.Appended>(outcome);
        var log = await LogAsync();
        Assert.Equal(["deal/before", "deal/cut"], log.Select(read => read.Stream));
        Assert.Equal((2, log[1].RecordedAt, 1), (appended.Position, appended.RecordedAt, Assert.Single(appended.Versions)));
        if (keyed)
        {
            Assert.IsType<AppendOutcome.Duplicate>(await store.AppendAsync(append, default));
        }

        Assert.Equal(1, store.Epoch);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_claim_without_events_is_read_back_by_its_key(bool delivered)
    {
        await using var proxy = Proxy("key-cut");
        proxy.DeliversLast = delivered;
        var (_, store) = Open(Through(proxy));

        var outcome = await store.AppendAsync(new Append(Tenant, []) { Claim = Given.Claim("key-cut") }, default);

        Assert.IsType<AppendOutcome.Appended>(outcome);
        Assert.NotNull(await Store.FindAnswerAsync(Tenant, "key-cut", default));
    }

    [Fact]
    public async Task An_outcome_that_nobody_can_tell_is_unknown()
    {
        await using var proxy = Proxy("deal/cut");
        proxy.DeliversLast = true;
        proxy.StaysCut = true;
        proxy.CutsAt = 1;
        await using var pools = new DatabasePools(Through(proxy), NullLoggerFactory.Instance);
        await using var store = new EventStore(pools, new FastTime(), NullLogger<EventStore>.Instance);

        var outcome = await store.AppendAsync(Given.Append("deal/cut", 0), default);
        var next = await store.AppendAsync(Given.Append("deal/1", 0), default);

        Assert.IsType<AppendOutcome.Unknown>(outcome);
        Assert.IsType<AppendOutcome.Unavailable>(next);
        Assert.Single(await LogAsync());
    }

    [Fact]
    public async Task A_server_that_ends_the_session_is_survived()
    {
        await Store.AppendedAsync(Given.Append("deal/1", 0));
        await ExecuteAsync("""
            select pg_terminate_backend(pid, 5000) from pg_stat_activity
            where datname = current_database() and application_name like '%appender'
            """);

        await Store.AppendedAsync(Given.Append("deal/2", 0));

        Assert.Equal(2, (await LogAsync()).Count);
    }

    [Fact]
    public async Task A_paused_process_cannot_hold_the_head_for_long()
    {
        await using var paused = await Pools.Appender.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand("begin; select from log_head for update", paused))
        {
            await hold.ExecuteNonQueryAsync();
        }

        await Store.AppendedAsync(Given.Append("deal/1", 0));

        await using var commit = new NpgsqlCommand("commit", paused);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => commit.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task A_failover_that_lost_events_leads_to_no_wrong_outcome()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var pools = new DatabasePools(cluster.ConnectionString, NullLoggerFactory.Instance);
        await using var store = new EventStore(pools, TimeProvider.System, NullLogger<EventStore>.Instance);
        await Migrator(pools).MigrateAsync(default);
        var cache = new StateCache<string>(store, capacity: 10);
        await store.AppendedAsync(Given.Append("deal/1", 0, Given.Events(3)));
        await cluster.StopAsync();
        await cluster.BackUpAsync();
        await cluster.StartAsync();
        await UntilAsync(async () => await store.AppendAsync(Given.Append("deal/1", 3, Given.Events(2)), default)
            is AppendOutcome.Appended);
        cache.Put(Tenant, "deal/1", 5, "five");
        await cluster.StopImmediatelyAsync();
        await cluster.RestoreAsync();
        await cluster.StartAsync();

        // What was decided before the break was known may not be written, even where it would fit by chance.
        var first = await store.AppendAsync(Given.Append("deal/1", 3), default);
        Assert.IsType<AppendOutcome.Unavailable>(first);
        Assert.False(cache.TryGet(Tenant, "deal/1", out _, out _));

        var stale = await store.AppendAsync(Given.Append("deal/1", 5), default);
        Assert.Equal(new AppendOutcome.Conflict("deal/1", 3), stale);
        cache.Put(Tenant, "deal/1", 3, "three");
        Assert.Equal([4], (await store.AppendedAsync(Given.Append("deal/1", 3))).Versions);
        Assert.True(cache.TryGet(Tenant, "deal/1", out var version, out _));
        Assert.Equal(3, version);
    }

    [Fact]
    public async Task A_restart_that_lost_nothing_refuses_nothing_that_is_right()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var pools = new DatabasePools(cluster.ConnectionString, NullLoggerFactory.Instance);
        await using var store = new EventStore(pools, TimeProvider.System, NullLogger<EventStore>.Instance);
        await Migrator(pools).MigrateAsync(default);
        await store.AppendedAsync(Given.Append("deal/1", 0, Given.Events(3)));
        await cluster.StopImmediatelyAsync();
        await cluster.StartAsync();

        // Nobody knows yet whether anything is lost, so the first is sent away; it is not there.
        Assert.IsType<AppendOutcome.Unavailable>(await store.AppendAsync(Given.Append("deal/1", 3), default));
        Assert.Equal([4], (await store.AppendedAsync(Given.Append("deal/1", 3))).Versions);
    }

    private CuttingProxy Proxy(string marker)
    {
        var server = new NpgsqlConnectionStringBuilder(ConnectionString);
        return new CuttingProxy(new IPEndPoint(Dns.GetHostAddresses(server.Host!)[0], server.Port), marker);
    }

    private string Through(CuttingProxy proxy) => new NpgsqlConnectionStringBuilder(ConnectionString)
    {
        Host = "127.0.0.1",
        Port = proxy.Port,
        SslMode = SslMode.Disable,
        Timeout = 5,
    }.ConnectionString;

    /// <summary>A hundred times as fast, so that giving up takes no time.</summary>
    private sealed class FastTime : TimeProvider
    {
        private const int Factor = 100;

        public override long GetTimestamp() => base.GetTimestamp() * Factor;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / Factor, period);
    }
}
