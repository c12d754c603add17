using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>How far the log is sealed, for health.</summary>
public sealed record NotaryStatus(long Position, bool IsLeader, DateTimeOffset? AdvancedAt);

/// <summary>
/// Seals the log behind its head into hash-chained blocks, one chain per tenant, so that whoever changes, removes or
/// inserts an event later is found by <see cref="Verifier"/>. One process leads.
/// </summary>
/// <param name="signer">Signs what is sealed; nothing is signed where absent.</param>
public sealed partial class Notary(
    DatabasePools pools, EventStore store, TimeProvider time, ILogger<Notary> logger, BlockSigner? signer = null)
{
    public const int MaxBlockEvents = 1_024;

    internal const string Checkpoint = "notary:1";

    /// <summary>An entry of a block's leaves: the position, then the leaf's hash.</summary>
    internal const int EntrySize = 8 + BlockHash.Size;

    private const int MaxPassEvents = 16 * MaxBlockEvents;

    private static readonly TimeSpan blockAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan longestBackOff = TimeSpan.FromSeconds(5);

    private NotaryStatus status = new(0, IsLeader: false, null);

    private sealed record Block(
        string Tenant, long Number, long First, long Last, byte[] Leaves, byte[] Root, byte[] Previous, byte[] Hash);

    public NotaryStatus Status => Volatile.Read(ref status);

    /// <summary>Leads or stands by until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var backOff = TimeSpan.Zero;
        while (true)
        {
            try
            {
                await LeadOrStandByAsync(cancellation);
                backOff = TimeSpan.Zero;
            }
            catch (Exception trouble) when (SqlStates.IsDatabaseTrouble(trouble))
            {
                backOff = (backOff * 2) + TimeSpan.FromMilliseconds(100);
                backOff = backOff < longestBackOff ? backOff : longestBackOff;
                Interrupted(logger, trouble, backOff);
                await Task.Delay(backOff, time, cancellation);
            }
            finally
            {
                status = Status with { IsLeader = false };
            }
        }
    }

    /// <summary>Seals everything up to the head found on arrival; safe beside a running leader.</summary>
    public async Task SealAsync(CancellationToken cancellation)
    {
        var head = await store.HeadAsync(cancellation);
        while (await PositionAsync(cancellation) is var position && position < head.Position)
        {
            await SealAsync(position, Math.Min(head.Position, position + MaxPassEvents), cancellation);
        }
    }

    private async Task LeadOrStandByAsync(CancellationToken cancellation)
    {
        await using var leader = await LeaderLock.TryTakeAsync(pools, "notary", cancellation);
        status = Status with { IsLeader = leader is not null };
        while (leader is not null)
        {
            var next = store.NextMove;
            await SealAsync(cancellation);
            await leader.ConfirmAsync(cancellation);
            await store.WaitAsync(next, blockAge, cancellation);
            // What comes within a second shares a block.
            await Task.Delay(blockAge, time, cancellation);
        }

        await PositionAsync(cancellation);
        await Task.Delay(blockAge, time, cancellation);
    }

    private async Task<long> PositionAsync(CancellationToken cancellation)
    {
        await using var command = pools.Background.CreateCommand(
            "select last_seq_id from mt_event_progression where name = $1");
        command.Parameters.Add(Text(Checkpoint));
        var position = await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
        Seen(position);
        return position;
    }

    /// <summary>Blocks and checkpoint are one transaction, which begins with the checkpoint's row lock.</summary>
    private async Task SealAsync(long after, long upTo, CancellationToken cancellation)
    {
        const string begin = """
            insert into mt_event_progression (name, last_seq_id) values ($1, 0) on conflict (name) do nothing
            """;
        const string move = """
            update mt_event_progression set last_seq_id = $3, last_updated = now() where name = $1 and last_seq_id = $2
            """;
        await using var connection = await pools.Background.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var moving = new NpgsqlBatchCommand(move) { Parameters = { Text(Checkpoint), Bigint(after), Bigint(upTo) } };
        await using (var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new(begin) { Parameters = { Text(Checkpoint) } }, moving },
        })
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        if (moving.RecordsAffected == 0)
        {
            return;
        }

        var entries = await EntriesAsync(after, upTo, cancellation);
        var ends = await ChainEndsAsync(connection, [.. entries.Keys], cancellation);
        var blocks = entries.SelectMany(
            tenant => Chain(tenant.Key, tenant.Value.ToArray(), ends.GetValueOrDefault(tenant.Key))).ToList();
        await InsertAsync(connection, blocks, cancellation);
        await transaction.CommitAsync(cancellation);
        Seen(upTo);
        foreach (var block in blocks.GroupBy(block => block.Tenant).Select(chain => chain.Last()))
        {
            // Outside of the database, where who can rewrite the tables can't reach it.
            Sealed(logger, block.Tenant, block.Number, block.Last, Convert.ToHexStringLower(block.Hash));
        }
    }

    private async Task<Dictionary<string, MemoryStream>> EntriesAsync(
        long after, long upTo, CancellationToken cancellation)
    {
        var entries = new Dictionary<string, MemoryStream>(StringComparer.Ordinal);
        var position = new byte[8];
        var expected = after;
        await using var leaves = await LeafReader.OpenAsync(pools.Background, null, after + 1, upTo, cancellation);
        while (await leaves.ReadAsync(cancellation))
        {
            if (leaves.Position != ++expected)
            {
                throw new InvariantViolationException($"The log has a gap: {leaves.Position} where {expected} is due.");
            }

            if (!entries.TryGetValue(leaves.Tenant, out var ofTenant))
            {
                entries.Add(leaves.Tenant, ofTenant = new MemoryStream());
            }

            BinaryPrimitives.WriteInt64BigEndian(position, leaves.Position);
            ofTenant.Write(position);
            ofTenant.Write(leaves.Leaf);
        }

        return expected == upTo
            ? entries
            : throw new InvariantViolationException($"The log ends at position {expected}, before {upTo}.");
    }

    private static IEnumerable<Block> Chain(string tenant, byte[] entries, (long Number, byte[] Hash) end)
    {
        var (number, previous) = (end.Number, end.Hash ?? BlockHash.Beginning.ToArray());
        foreach (var chunk in entries.Chunk(MaxBlockEvents * EntrySize))
        {
            var first = BinaryPrimitives.ReadInt64BigEndian(chunk);
            var last = BinaryPrimitives.ReadInt64BigEndian(chunk.AsSpan(chunk.Length - EntrySize));
            var root = BlockHash.Root(LeavesOf(chunk));
            var hash = BlockHash.Block(previous, tenant, first, last, chunk.Length / EntrySize, root);
            yield return new(tenant, ++number, first, last, chunk, root, previous, hash);
            previous = hash;
        }
    }

    /// <summary>The hashes alone, one behind the other.</summary>
    internal static byte[] LeavesOf(ReadOnlySpan<byte> entries)
    {
        var count = entries.Length / EntrySize;
        var leaves = new byte[count * BlockHash.Size];
        for (var i = 0; i < count; i++)
        {
            entries.Slice((i * EntrySize) + 8, BlockHash.Size).CopyTo(leaves.AsSpan(i * BlockHash.Size));
        }

        return leaves;
    }

    private static async Task<Dictionary<string, (long Number, byte[] Hash)>> ChainEndsAsync(
        NpgsqlConnection connection, string[] tenants, CancellationToken cancellation)
    {
        const string ends = """
            select asked.tenant_id, b.block, b.hash
            from unnest($1) as asked (tenant_id)
            cross join lateral (
              select block, hash from notary_block where tenant_id = asked.tenant_id order by block desc limit 1) b
            """;
        await using var command = new NpgsqlCommand(ends, connection) { Parameters = { Array(tenants, NpgsqlDbType.Text) } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<string, (long, byte[])>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            found.Add(rows.GetString(0), (rows.GetInt64(1), rows.GetFieldValue<byte[]>(2)));
        }

        return found;
    }

    private async Task InsertAsync(NpgsqlConnection connection, List<Block> blocks, CancellationToken cancellation)
    {
        const string insert = """
            insert into notary_block
              (tenant_id, block, first_seq, last_seq, events, leaves, root, previous, hash, signature, key_id)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;
        await using var command = new NpgsqlCommand(insert, connection)
        {
            Parameters =
            {
                Array([.. blocks.Select(block => block.Tenant)], NpgsqlDbType.Text),
                Array([.. blocks.Select(block => block.Number)], NpgsqlDbType.Bigint),
                Array([.. blocks.Select(block => block.First)], NpgsqlDbType.Bigint),
                Array([.. blocks.Select(block => block.Last)], NpgsqlDbType.Bigint),
                Array([.. blocks.Select(block => block.Leaves.Length / EntrySize)], NpgsqlDbType.Integer),
                Array([.. blocks.Select(block => block.Leaves)], NpgsqlDbType.Bytea),
                Array([.. blocks.Select(block => block.Root)], NpgsqlDbType.Bytea),
                Array([.. blocks.Select(block => block.Previous)], NpgsqlDbType.Bytea),
                Array([.. blocks.Select(block => block.Hash)], NpgsqlDbType.Bytea),
                Array([.. blocks.Select(block => signer?.Sign(block.Hash))], NpgsqlDbType.Bytea),
                Array([.. blocks.Select(_ => signer?.KeyId)], NpgsqlDbType.Text),
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private void Seen(long position)
    {
        if (position > Status.Position)
        {
            status = Status with { Position = position, AdvancedAt = time.GetUtcNow() };
        }
    }

    private static NpgsqlParameter<T[]> Array<T>(T[] values, NpgsqlDbType element) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    private static NpgsqlParameter<string> Text(string value) =>
        new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<long> Bigint(long value) => new() { TypedValue = value };

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealed block {Block} of {Tenant} up to {Position}: {Hash}")]
    private static partial void Sealed(ILogger logger, string tenant, long block, long position, string hash);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The notary was interrupted; it tries again in {Delay}")]
    private static partial void Interrupted(ILogger logger, Exception trouble, TimeSpan delay);
}
