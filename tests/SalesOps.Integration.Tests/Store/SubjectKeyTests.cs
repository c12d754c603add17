using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

/// <summary>What is personal is sealed at rest, opened by whoever has the master key, and by nobody once the key is gone.</summary>
public sealed class SubjectKeyTests : StoreTest
{
    private const string First = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string Second = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    [Fact]
    public async Task Only_the_master_key_opens_what_a_database_has_and_an_old_one_still_does()
    {
        Assert.Equal("Ada", await NameAsync(MasterKeys.FromLines(First), write: true));
        Assert.Equal("Ada", await NameAsync(MasterKeys.FromLines($"{Second}\n{First}\n")));
        await Assert.ThrowsAsync<InvariantViolationException>(() => NameAsync(MasterKeys.FromLines(Second)));
        await Assert.ThrowsAsync<InvariantViolationException>(() => NameAsync(MasterKeys.None));
        Assert.Equal(0L, await ScalarAsync("select count(*) from mt_events where data::text like '%Ada%'"));
        await ExecuteAsync("update subject_key set key = null, erased_at = now()");
        Assert.Equal(PersonalText.Erased, await NameAsync(MasterKeys.None));
        Assert.Throws<FormatException>(() => MasterKeys.FromLines("c2hvcnQ="));
        Assert.Throws<FormatException>(() => MasterKeys.FromLines("\n"));
    }

    [Fact]
    public async Task What_is_sealed_cannot_be_moved_to_another_event_nor_changed()
    {
        await NameAsync(MasterKeys.None, write: true);
        await TamperAsync("update mt_events set id = gen_random_uuid()");
        await Assert.ThrowsAsync<InvariantViolationException>(() => NameAsync(MasterKeys.None));
    }

    [Fact]
    public async Task The_log_takes_no_change_but_a_redaction_that_is_on_record()
    {
        await NameAsync(MasterKeys.None, write: true);
        foreach (var change in (string[])["update mt_events set data = '{}'", "delete from mt_events", "truncate mt_events"])
        {
            Assert.Equal("23001", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ExecuteAsync(change))).SqlState);
        }

        await ExecuteAsync("insert into redacted_event select tenant_id, seq_id, '', '', id from mt_events");
        Assert.Equal(
            "23001",
            (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ExecuteAsync("update mt_events set type = 'x'"))).SqlState);
        await ExecuteAsync("update mt_events set data = '{}'");
    }

    private async Task<string> NameAsync(MasterKeys masters, bool write = false)
    {
        await using var pools = new DatabasePools(ConnectionString, NullLoggerFactory.Instance, masters);
        await using var store = new EventStore(pools, TimeProvider.System, NullLogger<EventStore>.Instance);
        if (write)
        {
            var @event = new NewEvent(
                Guid.CreateVersion7(), "named", Encoding.UTF8.GetBytes("""{"name":"Ada","of":{"team":"x"}}"""),
                new() { EffectiveAt = DateTimeOffset.UnixEpoch, Actor = "ann" })
            {
                Personal = new("rep/ada", ["name", "of.nick"]),
            };
            Assert.IsType<AppendOutcome.Appended>(
                await store.AppendAsync(new Append(Tenant, [new StreamWrite("rep/ada", 0, [@event])]), default));
        }

        var read = Assert.Single(await store.ReadStreamAsync(Tenant, "rep/ada", default));
        using var json = System.Text.Json.JsonDocument.Parse(read.Data);
        Assert.Equal("x", json.RootElement.GetProperty("of").GetProperty("team").GetString());
        return json.RootElement.GetProperty("name").GetString()!;
    }
}
