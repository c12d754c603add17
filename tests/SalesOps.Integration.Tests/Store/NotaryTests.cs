using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Store;

public sealed class NotaryTests : StoreTest
{
    /// <summary>The vectors of RFC 6962's reference implementation: eight inputs and the root over each beginning.</summary>
    [Fact]
    public void The_tree_is_that_of_RFC_6962()
    {
        string[] inputs =
        [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
        ];
        string[] roots =
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        var leaves = new byte[inputs.Length * BlockHash.Size];
        for (var i = 0; i < inputs.Length; i++)
        {
            BlockHash.Leaf(Convert.FromHexString($"00{inputs[i]}"), leaves.AsSpan(i * BlockHash.Size));
            Assert.Equal(roots[i], Convert.ToHexStringLower(BlockHash.Root(leaves.AsSpan(0, (i + 1) * BlockHash.Size))));
        }
    }

    [Fact]
    public async Task An_auditor_redoes_the_hashes_from_their_description()
    {
        var whole = Given.Append("deal/1", 0, Given.Event(data: """{"name": "Ünï"}""") with { ClrType = "X.Y" });
        await Store.AppendedAsync(whole with { CorrelationId = "", CausationId = "d" });
        await Store.AppendedAsync(Given.Append("deal/1", 1));
        await Notary().SealAsync(default);

        await using var command = Pools.Background.CreateCommand("""
            select tenant_id, seq_id, id, stream_id, version, type, (extract(epoch from timestamp) * 1000000)::bigint,
                   correlation_id, causation_id, mt_dotnet_type, is_archived, headers::text, data::text
            from mt_events order by seq_id
            """);
        await using var row = await command.ExecuteReaderAsync();
        var leaves = new List<byte>();
        while (await row.ReadAsync())
        {
            var leaf = new List<byte> { 0 };
            for (var field = 0; field < row.FieldCount; field++)
            {
                byte[]? value = row.IsDBNull(field) ? null : row.GetValue(field) switch
                {
                    string text => Encoding.UTF8.GetBytes(text),
                    long number => BigEndian(number),
                    Guid id => id.ToByteArray(bigEndian: true),
                    bool flag => [flag ? (byte)1 : (byte)0],
                    var other => throw new NotSupportedException(other.GetType().Name),
                };
                leaf.AddRange(BigEndian(value?.Length ?? -1)[^4..]);
                leaf.AddRange(value ?? []);
            }

            leaves.AddRange(SHA256.HashData([.. leaf]));
        }

        var root = SHA256.HashData([1, .. leaves]);
        var hash = SHA256.HashData(
        [
            .. new byte[32], .. BigEndian(Tenant.Length)[^4..], .. Encoding.UTF8.GetBytes(Tenant), .. BigEndian(1), .. BigEndian(2),
            .. BigEndian(2), .. root,
        ]);
        Assert.Equal(hash, Assert.IsType<byte[]>(await ScalarAsync("select hash from notary_block")));

        static byte[] BigEndian(long value)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            return bytes;
        }
    }

    [Fact]
    public async Task Blocks_are_one_chain_per_tenant_whoever_seals()
    {
        var (otherPools, other) = Open(ConnectionString);
        var otherNotary = new Notary(otherPools, other, TimeProvider.System, NullLogger<Notary>.Instance);
        var notary = Notary();
        for (var i = 0; i < 4; i++)
        {
            await Store.AppendedAsync(Given.Append($"deal/{i}", 0, Given.Events(700)));
            await Store.AppendedAsync(Given.Append($"deal/{i}", 0, Given.Events(3)) with { Tenant = "another" });
            await Task.WhenAll(notary.SealAsync(default), otherNotary.SealAsync(default));
        }

        await Store.AppendedAsync(Given.Append("deal/big", 0, Given.Events(2_500)));
        await notary.SealAsync(default);

        var verification = await VerifyAsync();
        Assert.Equal(new Verification(7, 5_300, 5_312, Anchored: false, null), verification);
        Assert.Equal(new Verification(4, 12, 5_312, Anchored: false, null), await VerifyAsync("another"));
        Assert.Equal(1, (await VerifyAsync(from: 1_500, to: 1_700)).Blocks);
        Assert.Equal(3, (await VerifyAsync(from: 2_813)).Blocks);
        Assert.Equal(5_312, notary.Status.Position);
    }

    [Fact]
    public async Task A_running_notary_seals_what_comes_within_seconds()
    {
        using var stop = new CancellationTokenSource();
        var notary = Notary();
        var running = notary.RunAsync(stop.Token);
        await Store.AppendedAsync(Given.Append("deal/1", 0));

        await UntilAsync(() => Task.FromResult(notary.Status.Position == 1));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("tenant_id = 'another'")]
    [InlineData("seq_id = 1000")]
    [InlineData("id = gen_random_uuid()")]
    [InlineData("stream_id = 'deal/other'")]
    [InlineData("version = 99")]
    [InlineData("type = 'thing_happens'")]
    [InlineData("timestamp = timestamp + interval '1 microsecond'")]
    [InlineData("correlation_id = ''")]
    [InlineData("causation_id = 'x'")]
    [InlineData("mt_dotnet_type = 'x'")]
    [InlineData("is_archived = true")]
    [InlineData("""headers = headers || '{"actor": "eve"}'""")]
    [InlineData("""data = data || '{"n": 2}'""")]
    public async Task A_changed_column_is_named_by_its_position(string change)
    {
        await SealSomeAsync();
        Assert.True((await VerifyAsync()).Ok);

        await TamperAsync($"update mt_events set {change} where seq_id = 8");

        Assert.Equal(8, (await VerifyAsync()).FirstBad?.Position);
        Assert.Equal(8, (await VerifyAsync(from: 7, to: 9)).FirstBad?.Position);
        Assert.True((await VerifyAsync(to: 5)).Ok);
        Assert.True((await VerifyAsync(from: 11, to: 15)).Ok);
    }

    [Theory]
    [InlineData("delete from mt_events where seq_id = 8", 8)]
    [InlineData("delete from mt_events where seq_id = 15", 15)]
    [InlineData("delete from mt_events where seq_id = 18", 18)]
    [InlineData("update mt_events set seq_id = -4 where seq_id = 4; update mt_events set seq_id = 4 where seq_id = 5; "
        + "update mt_events set seq_id = 5 where seq_id = -4", 4)]
    [InlineData("insert into mt_events select 0, gen_random_uuid(), 'deal/0', 1, data, type, timestamp, tenant_id "
        + "from mt_events where seq_id = 8", 0)]
    [InlineData("insert into mt_events select 19, gen_random_uuid(), 'deal/0', 1, data, type, timestamp, tenant_id "
        + "from mt_events where seq_id = 8", 19)]
    [InlineData("delete from notary_block where block = 2", 6)]
    [InlineData("delete from notary_block where block = 3", 11)]
    [InlineData("update notary_block set events = 4 where block = 2", 6)]
    [InlineData("update notary_block set leaves = overlay(leaves placing '\\x00' from 60) where block = 2", 6)]
    [InlineData("update notary_block set root = sha256(root) where block = 2", 6)]
    [InlineData("update notary_block set hash = sha256(hash) where block = 2", 6)]
    [InlineData("update notary_block set previous = sha256(previous) where block = 2", 6)]
    public async Task What_was_removed_inserted_swapped_or_cut_is_named(string tampering, long firstBad)
    {
        await SealSomeAsync();
        await Store.AppendedAsync(Given.Append("deal/unsealed", 0, Given.Events(3)));
        Assert.True((await VerifyAsync()).Ok);

        await TamperAsync(tampering);

        Assert.Equal(firstBad, (await VerifyAsync()).FirstBad?.Position);
    }

    [Fact]
    public async Task A_log_that_was_hashed_again_is_found_by_a_hash_kept_outside()
    {
        await SealSomeAsync();
        var kept = new BlockAnchor(2, (string)(await ScalarAsync("select encode(hash, 'hex') from notary_block where block = 2"))!);
        Assert.Equal((true, true), ((await VerifyAsync(anchor: kept)).Ok, (await VerifyAsync(anchor: kept)).Anchored));

        await TamperAsync("""
            update mt_events set type = 'x' where seq_id = 8;
            delete from notary_block; delete from mt_event_progression
            """);
        await Notary().SealAsync(default);

        Assert.True((await VerifyAsync()).Ok);
        Assert.False((await VerifyAsync(anchor: kept)).Ok);
        Assert.False((await VerifyAsync(anchor: kept with { Block = 9 })).Ok);
    }

    /// <summary>Three blocks of five events each.</summary>
    private async Task SealSomeAsync()
    {
        for (var i = 1; i <= 3; i++)
        {
            await Store.AppendedAsync(Given.Append($"deal/{i}", 0, Given.Events(5)));
            await Notary().SealAsync(default);
        }
    }

    private Notary Notary() => new(Pools, Store, TimeProvider.System, NullLogger<Notary>.Instance);

    private Task<Verification> VerifyAsync(
        string tenant = Tenant, long? from = null, long? to = null, BlockAnchor? anchor = null) =>
        new Verifier(Pools).VerifyAsync(tenant, from, to, anchor, default);
}
