using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

public sealed class ReadTests : StoreTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task A_page_ends_where_an_append_ends(int pageSize)
    {
        foreach (var events in new[] { 1, 3, 1, 12, 2, 2, 1, 5 })
        {
            await Store.AppendedAsync(Given.Append("deal/1", null, Given.Events(events)));
        }

        var pages = new List<IReadOnlyList<RecordedEvent>>();
        await foreach (var page in Store.ReadLogAsync(0, 27, pageSize, default))
        {
            pages.Add(page);
        }

        var streamed = new List<IReadOnlyList<RecordedEvent>>();
        await foreach (var page in Store.StreamLogAsync(0, 27, pageSize, default))
        {
            streamed.Add(page);
        }

        Assert.Equal(
            Enumerable.Range(1, 27).Select(position => (long)position), pages.SelectMany(page => page).Select(read => read.Position));
        Assert.All(pages.Zip(pages.Skip(1)), pair => Assert.NotEqual(pair.First[^1].RecordedAt, pair.Second[0].RecordedAt));
        Assert.All(pages, page => Assert.True(
            page.Count <= pageSize || page.All(read => read.RecordedAt == page[0].RecordedAt)));
        Assert.Equal(
            pages.Select(page => page.Select(read => read.Id)), streamed.Select(page => page.Select(read => read.Id)));
    }

    [Fact]
    public async Task A_missing_number_stops_whoever_reads_the_log()
    {
        await Store.AppendedAsync(Given.Append("deal/1", 0, Given.Events(5)));
        await TamperAsync("delete from mt_events where seq_id = 3");

        await Assert.ThrowsAsync<InvariantViolationException>(() => LogAsync());
        await Assert.ThrowsAsync<InvariantViolationException>(() => Store.ReadStreamAsync(Tenant, "deal/1", default));
        await TamperAsync("delete from mt_events where seq_id = 5");
        await Assert.ThrowsAsync<InvariantViolationException>(async () =>
        {
            await foreach (var _ in Store.ReadLogAsync(3, 5, 10, default))
            {
            }
        });
    }

    [Fact]
    public async Task The_head_at_an_instant_is_the_last_event_recorded_by_then()
    {
        var appends = new List<AppendOutcome.Appended>();
        for (var i = 0; i < 9; i++)
        {
            appends.Add(await Store.AppendedAsync(Given.Append("deal/1", null, Given.Events(1 + (i % 3)))));
        }

        Assert.Equal(new LogHead(0, null), await Store.HeadAtAsync(appends[0].RecordedAt.AddMicroseconds(-1), default));
        foreach (var appended in appends)
        {
            Assert.Equal(
                new LogHead(appended.Position, appended.RecordedAt), await Store.HeadAtAsync(appended.RecordedAt, default));
        }

        Assert.Equal(appends[7].Position, (await Store.HeadAtAsync(appends[8].RecordedAt.AddMicroseconds(-1), default)).Position);
        Assert.Equal(appends[8].Position, (await Store.HeadAtAsync(appends[8].RecordedAt.AddYears(1), default)).Position);
    }

    [Fact]
    public async Task A_move_of_the_log_wakes_who_waits_here_and_in_another_process()
    {
        var (_, other) = Open(ConnectionString);
        // The other process has to listen before the news goes out; until then it would poll.
        var there = other.NextMove;
        await there;
        there = other.NextMove;
        var here = Store.NextMove;

        await Store.AppendedAsync(Given.Append("deal/1", 0));

        await here.WaitAsync(TimeSpan.FromSeconds(5));
        await there.WaitAsync(TimeSpan.FromSeconds(5));
    }
}
