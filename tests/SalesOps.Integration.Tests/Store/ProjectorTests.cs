using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

public sealed class ProjectorTests : StoreTest
{
    private readonly Tally tally = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync(Tally.Schema);
    }

    [Fact]
    public async Task Two_that_compete_apply_every_event_once()
    {
        var (otherPools, other) = Open(ConnectionString);
        var (one, two) = (Projector(pageSize: 3), Projector(otherPools, other, pageSize: 5));
        var appending = AppendAsync(Store, 60);
        for (var round = 0; round < 6; round++)
        {
            await Task.WhenAll(one.CatchUpAsync(default), two.CatchUpAsync(default));
        }

        await appending;
        await Task.WhenAll(one.CatchUpAsync(default), two.CatchUpAsync(default));

        Assert.Equal((await Store.HeadAsync(default)).Position, await one.PositionAsync(default));
        await AssertUpToDateAsync();
    }

    [Fact]
    public async Task One_leads_the_other_stands_by_and_takes_over()
    {
        var (otherPools, other) = Open(ConnectionString);
        var (one, two) = (Projector(), Projector(otherPools, other));
        using var stop = new CancellationTokenSource();
        using var stopBoth = new CancellationTokenSource();
        var leading = one.RunAsync(stop.Token);
        await UntilAsync(() => Task.FromResult(one.Status.IsLeader));
        var standingBy = two.RunAsync(stopBoth.Token);

        var appended = await Store.AppendedAsync(Given.Append("deal/1", 0, Given.Events(3)));
        Assert.True(await one.WaitForAsync(appended.Position, TimeSpan.FromSeconds(5), default));
        Assert.True(await two.WaitForAsync(appended.Position, TimeSpan.FromSeconds(5), default));
        Assert.False(two.Status.IsLeader);
        Assert.False(await one.WaitForAsync(appended.Position + 1, TimeSpan.FromMilliseconds(50), default));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leading);
        await Store.AppendedAsync(Given.Append("deal/2", 0));
        Assert.True(await two.WaitForAsync(appended.Position + 1, TimeSpan.FromSeconds(5), default));
        await stopBoth.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => standingBy);
        await AssertUpToDateAsync();
    }

    [Fact]
    public async Task A_failing_event_stops_the_projection_and_is_named()
    {
        await AppendAsync(Store, 10);
        var before = (await Store.HeadAsync(default)).Position;
        await Store.AppendedAsync(Given.Append("deal/x", 0, [.. Given.Events(4), Given.Event("poison"), Given.Event()]));
        await AppendAsync(Store, 5);
        var projector = Projector();

        await projector.RunAsync(default).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(new ProjectionFailure(before + 5, "poison", "This event is poison."), projector.Status.Failure);
        Assert.Equal(before, await projector.PositionAsync(default));
        Assert.Equal(before, await ScalarAsync("select count(*) from tally_event"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task A_rebuild_equals_the_live_tables(int pageSize)
    {
        await AppendAsync(Store, 40);
        var projector = Projector(pageSize: 6);
        await projector.CatchUpAsync(default);
        await ExecuteAsync("""
            create table was_stream as table tally_stream; create table was_event as table tally_event;
            create table was_index as select tablename, indexname, indexdef from pg_indexes where tablename like 'tally%'
            """);

        var position = await Rebuilder().RebuildAsync(tally, default, pageSize);

        Assert.Equal((await Store.HeadAsync(default)).Position, position);
        foreach (var (live, was) in new[] { ("tally_stream", "was_stream"), ("tally_event", "was_event"),
            ("(select tablename, indexname, indexdef from pg_indexes where tablename like 'tally%')", "was_index") })
        {
            Assert.Equal(0L, await ScalarAsync($"""
                select count(*) from ((table_live except table_was) union all (table_was except table_live)) as difference
                """.Replace("table_live", $"select * from {live} as live", StringComparison.Ordinal)
                .Replace("table_was", $"select * from {was} as was", StringComparison.Ordinal)));
        }

        Assert.Equal("{fillfactor=70}", await ScalarAsync("select reloptions::text from pg_class where relname = 'tally_stream'"));
        await AppendAsync(Store, 5);
        await projector.CatchUpAsync(default);
        await AssertUpToDateAsync();
    }

    [Fact]
    public async Task A_rebuild_beside_appends_and_readers_shows_nobody_half_a_table()
    {
        await AppendAsync(Store, 30);
        var projector = Projector();
        await projector.CatchUpAsync(default);
        using var stop = new CancellationTokenSource();
        var running = projector.RunAsync(stop.Token);
        var appending = AppendAsync(Store, 60);
        var reading = ReadAsync();

        await Rebuilder().RebuildAsync(tally, default);
        await Rebuilder().RebuildAsync(tally, default);

        await appending;
        var head = await Store.HeadAsync(default);
        Assert.True(await projector.WaitForAsync(head.Position, TimeSpan.FromSeconds(10), default));
        await stop.CancelAsync();
        await reading;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await AssertUpToDateAsync();

        async Task ReadAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                await using var snapshot = Assert.IsType<ProjectionSnapshot>(await projector.OpenSnapshotAsync(default));
                await using var count = new NpgsqlCommand("select count(*) from tally_event", snapshot.Connection);
                Assert.Equal(snapshot.Checkpoint.Position, await count.ExecuteScalarAsync());
                await Task.Delay(5);
            }
        }
    }

    [Fact]
    public async Task A_newer_version_fills_the_tables_anew_and_ends_the_older_one()
    {
        var older = Projector(pageSize: 3);
        using var stop = new CancellationTokenSource();
        var runningOlder = older.RunAsync(stop.Token);
        await AppendAsync(Store, 30);
        Assert.True(await older.WaitForAsync((await Store.HeadAsync(default)).Position, TimeSpan.FromSeconds(5), default));
        var (otherPools, other) = Open(ConnectionString);
        var newer = Projector(otherPools, other, projection: new Tally(version: 2));

        // Until it has its tables the newer one answers nothing; the older one does.
        Assert.Null(await newer.OpenSnapshotAsync(default));
        Assert.Equal(0, await newer.PositionAsync(default));
        await (await older.OpenSnapshotAsync(default))!.DisposeAsync();

        var runningNewer = newer.RunAsync(stop.Token);
        await AppendAsync(Store, 30);
        await runningOlder.WaitAsync(TimeSpan.FromSeconds(10));
        await AppendAsync(Store, 10);
        Assert.True(await newer.WaitForAsync((await Store.HeadAsync(default)).Position, TimeSpan.FromSeconds(5), default));

        Assert.Equal(2, older.Status.SupersededBy);
        // A program that knows nothing of newer versions finds no place to go on from either.
        Assert.Equal(-1L, await ScalarAsync("select last_seq_id from mt_event_progression where name = 'tally:1'"));
        Assert.Null(older.Status.Failure);
        Assert.Null(await older.OpenSnapshotAsync(default));
        await Assert.ThrowsAsync<ProjectionSupersededException>(() => Projector().CatchUpAsync(default));
        Assert.Null(newer.Status.SupersededBy);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runningNewer);
        await AssertUpToDateAsync(version: 2);
    }

    [Fact]
    public async Task Tables_that_nobody_can_fill_anew_stop_the_projection()
    {
        await AppendAsync(Store, 5);
        await Projector().CatchUpAsync(default);
        await ExecuteAsync("create view holds_on as table tally_event");
        var newer = Projector(projection: new Tally(version: 2));

        await newer.RunAsync(default).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("rebuild", newer.Status.Failure?.Type);
        await AssertUpToDateAsync(version: 1);
    }

    [Fact]
    public async Task Who_may_read_the_tables_may_read_them_after_a_rebuild()
    {
        await AppendAsync(Store, 5);
        await ExecuteAsync("grant select on tally_event to pg_monitor, public");
        await ExecuteAsync("grant insert on tally_event to pg_monitor with grant option");
        var before = await ScalarAsync("select relacl::text from pg_class where relname = 'tally_event'");

        await Rebuilder().RebuildAsync(tally, default);

        Assert.Equal(before, await ScalarAsync("select relacl::text from pg_class where relname = 'tally_event'"));
    }

    [Fact]
    public async Task Trouble_with_the_database_is_outlived()
    {
        var projector = Projector();
        using var stop = new CancellationTokenSource();
        var running = projector.RunAsync(stop.Token);
        await AppendAsync(Store, 5);
        await using (var killer = new NpgsqlConnection(ConnectionString))
        {
            await killer.OpenAsync();
            await using var kill = new NpgsqlCommand("""
                select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """, killer);
            await kill.ExecuteNonQueryAsync();
        }

        var appended = default(AppendOutcome.Appended);
        await UntilAsync(async () =>
        {
            appended = await Store.AppendAsync(Given.Append("deal/after", null), default) as AppendOutcome.Appended;
            return appended is not null;
        });

        // A pooled session that was ended is noticed at its next use.
        await UntilAsync(async () =>
        {
            try
            {
                return await projector.WaitForAsync(appended!.Position, TimeSpan.FromSeconds(1), default);
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await AssertUpToDateAsync();
    }

    private Projector Projector(
        DatabasePools? pools = null, EventStore? store = null, int pageSize = 500, IProjection? projection = null) =>
        new(pools ?? Pools, store ?? Store, projection ?? tally, Rebuilder(), TimeProvider.System,
            NullLogger<Projector>.Instance, pageSize);

    private Rebuilder Rebuilder() => new(Pools, Store, TimeProvider.System, NullLogger<Rebuilder>.Instance);

    private static async Task AppendAsync(EventStore store, int appends)
    {
        for (var i = 0; i < appends; i++)
        {
            await store.AppendedAsync(Given.Append($"deal/{i % 7}", null, Given.Events(1 + (i % 4))));
        }
    }

    private async Task AssertUpToDateAsync(int version = 1) => Assert.Equal(0L, await ScalarAsync($"""
        with due as (
          select tenant_id, stream_id, {version} * count(*) as events, sum(seq_id) as positions from mt_events group by 1, 2)
        select (select count(*) from (table due except select tenant, stream, events, positions from tally_stream) missing)
          + (select count(*) from (select tenant, stream, events, positions from tally_stream except table due) wrong)
        """));
}
