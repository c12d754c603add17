using System.Text;
using Npgsql;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

public sealed class AppendTests : StoreTest
{
    [Fact]
    public async Task What_was_appended_is_read_back()
    {
        var voided = Guid.CreateVersion7();
        var headers = new EventHeaders
        {
            EffectiveAt = Given.Noon.AddMicroseconds(1),
            Actor = "ann",
            Reason = "a \"late\" call 🙂",
            IdempotencyKey = "k1",
            Voids = [voided],
            SourceRecordedAt = Given.Noon.AddYears(-1),
        };
        var @event = new NewEvent(Guid.CreateVersion7(), "deal_opened", """{"name": "Ünï"}"""u8.ToArray(), headers, "X.Y");
        var appended = await Store.AppendedAsync(
            Given.Append("deal/1", 0, @event) with { CorrelationId = "c", CausationId = "d" });

        var read = Assert.Single(await Store.ReadStreamAsync(Tenant, "deal/1", default));

        Assert.Equal((1, 1, 1), (appended.Position, read.Position, Assert.Single(appended.Versions)));
        Assert.Equal((@event.Id, Tenant, "deal/1", 1, "deal_opened"),
            (read.Id, read.Tenant, read.Stream, read.Version, read.Type));
        Assert.Equal(("c", "d", appended.RecordedAt), (read.CorrelationId, read.CausationId, read.RecordedAt));
        Assert.Equal("""{"name": "Ünï"}""", Encoding.UTF8.GetString(read.Data.Span));
        Assert.Equal(headers with { Voids = [] }, read.Headers with { Voids = [] });
        Assert.Equal([voided], read.Headers.Voids);
        Assert.Equal(new LogHead(1, appended.RecordedAt), await Store.HeadAsync(default));
        Assert.Equal("deal", await ScalarAsync("select type from mt_streams"));
        Assert.Equal(1L, await ScalarAsync("select last_value from mt_events_sequence"));
    }

    [Fact]
    public async Task Positions_are_dense_and_recorded_time_rises_under_concurrency()
    {
        var (_, other) = Open(ConnectionString);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            for (var i = 0; i < 20; i++)
            {
                await (writer % 2 == 0 ? Store : other).AppendedAsync(
                    Given.Append($"deal/{writer}", i * 2, Given.Events(2)));
            }
        }));

        var log = await LogAsync();

        Assert.Equal(Enumerable.Range(1, 640).Select(position => (long)position), log.Select(read => read.Position));
        var appends = log.Chunk(2).ToList();
        Assert.All(appends, append => Assert.Equal(append[0].RecordedAt, append[1].RecordedAt));
        Assert.All(appends.Zip(appends.Skip(1)), pair => Assert.True(pair.First[0].RecordedAt < pair.Second[0].RecordedAt));
        Assert.All(log.GroupBy(read => read.Stream), stream => Assert.Equal(
            Enumerable.Range(1, 40).Select(version => (long)version), stream.Select(read => read.Version)));
    }

    [Fact]
    public async Task Of_many_that_expect_one_version_exactly_one_wins()
    {
        var (_, other) = Open(ConnectionString);
        for (var round = 0; round < 5; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(
                writer => (writer % 2 == 0 ? Store : other).AppendAsync(Given.Append("deal/1", round), default)));

            Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
            Assert.Equal(15, outcomes.OfType<AppendOutcome.Conflict>().Count(
                conflict => conflict == new AppendOutcome.Conflict("deal/1", round + 1)));
        }

        Assert.Equal(5, (await Store.ReadStreamAsync(Tenant, "deal/1", default)).Count);
    }

    [Fact]
    public async Task An_append_counts_the_earlier_ones_of_its_batch()
    {
        var outcomes = await AppendInOneBatchAsync(
            Given.Append("deal/1", 0),
            Given.Append("deal/1", 0),
            Given.Append("deal/1", 1, Given.Events(2)),
            Given.Append("deal/2", 0) with { Guards = [new("deal/1", 3)] },
            Given.Append("deal/3", 0) with { Guards = [new("deal/1", 1)] },
            Given.Append("deal/1", null));

        var first = Assert.IsType<AppendOutcome.Appended>(outcomes[0]);
        Assert.Equal(new AppendOutcome.Conflict("deal/1", 1), outcomes[1]);
        Assert.Equal([3], Assert.IsType<AppendOutcome.Appended>(outcomes[2]).Versions);
        Assert.Equal([1], Assert.IsType<AppendOutcome.Appended>(outcomes[3]).Versions);
        Assert.Equal(new AppendOutcome.Conflict("deal/1", 3), outcomes[4]);
        var last = Assert.IsType<AppendOutcome.Appended>(outcomes[5]);
        Assert.Equal([4], last.Versions);
        Assert.Equal(first.Position + 4, last.Position);
        // It was one batch: its appends have read one clock.
        Assert.Equal(first.RecordedAt.AddMicroseconds(3), last.RecordedAt);
    }

    [Fact]
    public async Task Several_streams_are_written_together_or_not_at_all()
    {
        await Store.AppendedAsync(Given.Append("lead/1", 0));
        var both = new Append(Tenant, [new("lead/1", 1, Given.Events(1)), new("deal/1", 0, Given.Events(2))]);
        var stale = new Append(Tenant, [new("deal/2", 0, Given.Events(1)), new("lead/1", 1, Given.Events(1))]);

        var appended = await Store.AppendedAsync(both);
        var refused = await Store.AppendAsync(stale, default);

        Assert.Equal([2, 2], appended.Versions);
        Assert.Equal(new AppendOutcome.Conflict("lead/1", 2), refused);
        Assert.Equal([2, 2, 0], await Store.StreamVersionsAsync(Tenant, ["lead/1", "deal/1", "deal/2"], default));
        var streams = await Store.ReadStreamsAsync(Tenant, ["deal/1", "deal/2", "lead/1"], default);
        Assert.Equal([2, 0, 2], new[] { "deal/1", "deal/2", "lead/1" }.Select(stream => streams[stream].Count));
    }

    [Fact]
    public async Task A_guarded_stream_must_not_have_moved()
    {
        await Store.AppendedAsync(Given.Append("period/1", 0));
        var posting = Given.Append("ledger/1", null) with { Guards = [new("period/1", 1)] };

        await Store.AppendedAsync(posting);
        await Store.AppendedAsync(Given.Append("period/1", 1));

        Assert.Equal(
            new AppendOutcome.Conflict("period/1", 2),
            await Store.AppendAsync(posting with { Writes = [new("ledger/1", null, Given.Events(1))] }, default));
    }

    [Fact]
    public async Task A_poisoned_append_fails_alone()
    {
        var there = Given.Event();
        await Store.AppendedAsync(Given.Append("deal/there", 0, there));
        var appends = Enumerable.Range(0, 40).Select(i => Given.Append($"deal/{i}", 0)).ToArray();
        appends[3] = Given.Append("deal/3", 0, Given.Event(), there);
        appends[11] = Given.Append("deal/11", 0, Given.Event(), Given.Event(data: """{"text": "a\u0000b"}"""));
        appends[17] = Given.Append("deal/17", 0, Given.Event(data: """{"text": "\ud83d"}"""));
        appends[23] = Given.Append("deal/23", 0, Given.Event(data: "{"));
        appends[39] = Given.Append("deal/39", 0, Given.Event() with { Data = new byte[] { (byte)'"', 0xFF, (byte)'"' } });

        var outcomes = await AppendInOneBatchAsync(appends);

        Assert.Equal(
            ["3 23505", "11 22P05", "17 22P02", "23 22P02", "39 22021"],
            outcomes.Index().Where(each => each.Item is AppendOutcome.Refused)
                .Select(each => $"{each.Index} {((AppendOutcome.Refused)each.Item).SqlState}"));
        Assert.Equal(35, outcomes.OfType<AppendOutcome.Appended>().Count());
        Assert.Equal(37, (await LogAsync()).Count);
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud83d')]
    public async Task Text_that_cannot_be_stored_is_refused_before_it_reaches_others(char character)
    {
        var text = $"deal/{character}";
        var inName = await AppendInOneBatchAsync(Given.Append(text, 0), Given.Append("deal/1", 0));
        var inHeaders = await Store.AppendAsync(
            Given.Append("deal/2", 0, Given.Event() with { Headers = new() { EffectiveAt = Given.Noon, Actor = text } }), default);
        var control = await Store.AppendAsync(Given.Append("deal/🙂", 0), default);

        Assert.Equal("22021", Assert.IsType<AppendOutcome.Refused>(inName[0]).SqlState);
        Assert.IsType<AppendOutcome.Appended>(inName[1]);
        Assert.Equal("22021", Assert.IsType<AppendOutcome.Refused>(inHeaders).SqlState);
        Assert.IsType<AppendOutcome.Appended>(control);
    }

    [Fact]
    public async Task A_stream_grows_to_its_limit_and_no_further()
    {
        await Store.AppendedAsync(Given.Append("deal/1", 0, Given.Events(EventStore.MaxStreamLength)));

        var refused = await Store.AppendAsync(Given.Append("deal/1", EventStore.MaxStreamLength), default);

        Assert.Equal("54000", Assert.IsType<AppendOutcome.Refused>(refused).SqlState);
        Assert.Equal(EventStore.MaxStreamLength, (await Store.ReadStreamAsync(Tenant, "deal/1", default)).Count);
    }

    [Fact]
    public async Task An_append_that_was_given_up_before_its_turn_is_not_written()
    {
        using var given = new CancellationTokenSource();
        var waiting = Task.FromResult<AppendOutcome>(new AppendOutcome.Unknown());
        await using (var holder = await Pools.Dedicated.OpenConnectionAsync())
        {
            await using var transaction = await holder.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("select from log_head for update", holder);
            await hold.ExecuteNonQueryAsync();
            var stuck = Store.AppendAsync(Given.Append("deal/1", 0), default);
            await UntilAsync(async () => await ScalarAsync("select true from pg_locks where not granted limit 1") is true);
            waiting = Store.AppendAsync(Given.Append("deal/2", 0), given.Token);
            await given.CancelAsync();
            await transaction.RollbackAsync();
            await stuck;
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Store.AppendedAsync(Given.Append("deal/3", 0));
        Assert.Equal(["deal/1", "deal/3"], (await LogAsync()).Select(read => read.Stream));
    }

    [Theory]
    [InlineData("update mt_events set type = 'x'")]
    [InlineData("delete from mt_events")]
    [InlineData("truncate mt_events")]
    [InlineData("set session_replication_role = replica; delete from mt_events; reset session_replication_role")]
    public async Task The_log_refuses_every_change(string change)
    {
        await Store.AppendedAsync(Given.Append("deal/1", 0));

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(change));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refusal.SqlState);
        Assert.Single(await LogAsync());
        // The same by somebody who disables the trigger shows that it is the trigger.
        await TamperAsync("delete from mt_events");
        Assert.Equal(0L, await ScalarAsync("select count(*) from mt_events"));
    }
}
