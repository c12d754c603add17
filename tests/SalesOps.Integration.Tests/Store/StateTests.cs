using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

public sealed class StateTests : StoreTest
{
    [Fact]
    public void The_least_recently_used_state_goes_first()
    {
        var cache = new StateCache<string>(Store, capacity: 2);
        cache.Put(Tenant, "a", 1, "a1");
        cache.Put(Tenant, "b", 1, "b1");
        Assert.True(cache.TryGet(Tenant, "a", out _, out _));

        cache.Put(Tenant, "c", 1, "c1");

        Assert.True(cache.TryGet(Tenant, "a", out _, out _));
        Assert.False(cache.TryGet(Tenant, "b", out _, out _));
        Assert.False(cache.TryGet("another", "a", out _, out _));
        cache.Remove(Tenant, "a");
        Assert.False(cache.TryGet(Tenant, "a", out _, out _));
    }

    [Fact]
    public async Task Commands_on_one_stream_take_turns_and_none_wait_for_each_other_for_ever()
    {
        var turns = new StreamTurns();
        var inside = new int[4];
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            int[] own = [i % 4, (i + (i % 3)) % 4];
            using var turn = await turns.TakeAsync(Tenant, [.. own.Select(stream => $"deal/{stream}")], default);
            foreach (var stream in own.Distinct())
            {
                Assert.Equal(1, Interlocked.Increment(ref inside[stream]));
            }

            await Task.Yield();
            foreach (var stream in own.Distinct())
            {
                Interlocked.Decrement(ref inside[stream]);
            }
        })).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_wait_for_a_turn_that_was_given_up_holds_nothing()
    {
        var turns = new StreamTurns();
        using (await turns.TakeAsync(Tenant, ["deal/1"], default))
        {
            using var given = new CancellationTokenSource();
            var waiting = turns.TakeAsync(Tenant, ["deal/0", "deal/1", "deal/2"], given.Token);
            await given.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        (await turns.TakeAsync(Tenant, ["deal/0", "deal/1", "deal/2"], default).WaitAsync(TimeSpan.FromSeconds(5))).Dispose();
    }
}
