using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

public sealed class IdempotencyTests : StoreTest
{
    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_another_request_is_told()
    {
        await Store.AppendedAsync(Given.Append("deal/1", 0) with { Claim = Given.Claim("k") });

        var repeat = await Store.AppendAsync(Given.Append("deal/1", 0) with { Claim = Given.Claim("k") }, default);
        var other = await Store.AppendAsync(Given.Append("deal/2", 0) with { Claim = Given.Claim("k", "other") }, default);

        Assert.Equal(new AppendOutcome.Duplicate("answer at 1"), repeat);
        Assert.Equal(new AppendOutcome.KeyReused(), other);
        Assert.Single(await LogAsync());
        Assert.Equal(("h", "answer at 1"), await Store.FindAnswerAsync(Tenant, "k", default));
        Assert.Null(await Store.FindAnswerAsync("another tenant", "k", default));
    }

    [Fact]
    public async Task The_same_key_twice_in_one_batch_has_one_outcome()
    {
        var outcomes = await AppendInOneBatchAsync(
            Given.Append("deal/1", 0) with { Claim = Given.Claim("k") },
            Given.Append("deal/1", 0) with { Claim = Given.Claim("k") },
            Given.Append("deal/2", 0) with { Claim = Given.Claim("k", "other") },
            Given.Append("deal/1", 0) with { Tenant = "another", Claim = Given.Claim("k") });

        var first = Assert.IsType<AppendOutcome.Appended>(outcomes[0]);
        Assert.Equal(new AppendOutcome.Duplicate($"answer at {first.Position}"), outcomes[1]);
        Assert.Equal(new AppendOutcome.KeyReused(), outcomes[2]);
        Assert.IsType<AppendOutcome.Appended>(outcomes[3]);
    }

    [Fact]
    public async Task Concurrent_repeats_across_processes_get_one_answer()
    {
        var (_, other) = Open(ConnectionString);
        for (var round = 0; round < 5; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? Store : other).AppendAsync(
                Given.Append($"deal/{i}", null) with { Claim = Given.Claim($"k{round}") }, default)));

            var won = Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
            Assert.Equal(11, outcomes.Count(outcome => outcome == new AppendOutcome.Duplicate($"answer at {won.Position}")));
        }
    }

    [Fact]
    public async Task A_refused_append_leaves_its_key_free()
    {
        var conflict = await Store.AppendAsync(Given.Append("deal/1", 7) with { Claim = Given.Claim("k") }, default);
        var refused = await Store.AppendAsync(
            Given.Append("deal/1", 0, Given.Event(data: "{")) with { Claim = Given.Claim("k") }, default);

        Assert.IsType<AppendOutcome.Conflict>(conflict);
        Assert.IsType<AppendOutcome.Refused>(refused);
        await Store.AppendedAsync(Given.Append("deal/1", 0) with { Claim = Given.Claim("k") });
    }

    [Fact]
    public async Task A_decision_without_events_claims_its_key_too()
    {
        var moved = await Store.AppendedAsync(Given.Append("deal/1", 0));

        var claimed = await Store.AppendedAsync(new Append(Tenant, []) { Claim = Given.Claim("k") });
        var repeat = await Store.AppendAsync(new Append(Tenant, []) { Claim = Given.Claim("k") }, default);

        Assert.Equal(moved.Position, claimed.Position);
        Assert.Equal(new AppendOutcome.Duplicate("answer at 1"), repeat);
        Assert.Equal(new LogHead(1, moved.RecordedAt), await Store.HeadAsync(default));
    }

    [Fact]
    public async Task A_claim_keeps_what_was_appended()
    {
        var writes = new[] { "deal/a\"b\\c", "deal/2" }.Select(stream => new StreamWrite(stream, 0, Given.Events(2))).ToList();
        await Store.AppendedAsync(new Append(Tenant, writes) { Claim = Given.Claim("k") });

        var streams = Assert.IsType<string[]>(await ScalarAsync("select streams from idempotency"));
        var versions = Assert.IsType<long[]>(await ScalarAsync("select versions from idempotency"));
        Assert.Equal(["deal/a\"b\\c", "deal/2"], streams);
        Assert.Equal([2, 2], versions);
        Assert.Equal(4L, await ScalarAsync("select position from idempotency"));
    }

    [Fact]
    public async Task An_answer_that_throws_fails_its_own_append_alone()
    {
        var broken = new IdempotencyClaim("k", "h", _ => throw new NotSupportedException());
        var appending = AppendInOneBatchAsync(Given.Append("deal/1", 0) with { Claim = broken }, Given.Append("deal/2", 0));

        await Assert.ThrowsAsync<NotSupportedException>(() => appending);
        Assert.Equal([0, 1], await Store.StreamVersionsAsync(Tenant, ["deal/1", "deal/2"], default));
    }

    [Fact]
    public async Task Old_keys_are_forgotten()
    {
        await Store.AppendedAsync(Given.Append("deal/1", 0) with { Claim = Given.Claim("old") });
        var later = await Store.AppendedAsync(Given.Append("deal/2", 0) with { Claim = Given.Claim("new") });

        Assert.Equal(1, await Store.PurgeKeysAsync(later.RecordedAt, default));
        Assert.Null(await Store.FindAnswerAsync(Tenant, "old", default));
        Assert.NotNull(await Store.FindAnswerAsync(Tenant, "new", default));
    }
}
