using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>A sealed block, as its row says.</summary>
public sealed record BlockRecord(
    long Number, long First, long Last, int Events, byte[] Root, byte[] Previous, byte[] Hash, DateTimeOffset ClosedAt,
    byte[]? Signature, string? KeyId);

/// <summary>An event with the bytes that its leaf hashes and, where its block is sealed, the way from there to the root.</summary>
/// <param name="Block">The number of its block; absent while none is sealed.</param>
/// <param name="Index">Its place in the block, from 0.</param>
public sealed record EventEvidence(long Position, byte[] LeafBytes, byte[] Leaf, long? Block, int? Index, IReadOnlyList<PathStep> Path)
{
    /// <summary>
    /// Whether a person's text was taken out: then the leaf is not the hash of the bytes but what the block has sealed, and
    /// the event that erased the person names the hash of the bytes.
    /// </summary>
    public bool IsRedacted { get; init; }
}

/// <summary>Reads what proves the log, for those who verify it elsewhere.</summary>
public sealed class EvidenceReader(DatabasePools pools)
{
    private const string Columns =
        "block, first_seq, last_seq, events, root, previous, hash, closed_at, signature, key_id";

    /// <summary>A tenant's blocks in the order of their numbers.</summary>
    public async Task<IReadOnlyList<BlockRecord>> BlocksAsync(
        string tenant, long after, int limit, CancellationToken cancellation)
    {
        const string page = $"""
            select {Columns} from notary_block where tenant_id = $1 and block > $2 order by block limit $3
            """;
        await using var command = pools.Background.CreateCommand(page);
        command.Parameters.Add(Text(tenant));
        command.Parameters.Add(Bigint(after));
        command.Parameters.Add(Bigint(limit));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var blocks = new List<BlockRecord>();
        while (await rows.ReadAsync(cancellation))
        {
            blocks.Add(Read(rows));
        }

        return blocks;
    }

    /// <summary>The events of a stream in the order of their versions; empty where there is none.</summary>
    public async Task<IReadOnlyList<EventEvidence>> StreamAsync(
        string tenant, string stream, CancellationToken cancellation)
    {
        var events = new List<EventEvidence>();
        await using (var leaves = await LeafReader.OpenAsync(
            pools.Background, tenant, 0, long.MaxValue, cancellation, stream))
        {
            while (await leaves.ReadAsync(cancellation))
            {
                events.Add(new(leaves.Position, leaves.LeafBytes.ToArray(), leaves.Leaf[..], null, null, []));
            }
        }

        return await WithPathsAsync(tenant, events, cancellation);
    }

    private async Task<IReadOnlyList<EventEvidence>> WithPathsAsync(
        string tenant, List<EventEvidence> events, CancellationToken cancellation)
    {
        const string find = """
            select block, leaves from notary_block where tenant_id = $1 and last_seq >= $2 order by last_seq limit 1
            """;
        await using var connection = await pools.Background.OpenConnectionAsync(cancellation);
        var redactions = await RedactedLeaves.ReadAsync(pools.Background, tenant, cancellation);
        var proved = new List<EventEvidence>(events.Count);
        for (var at = 0; at < events.Count;)
        {
            await using var command = new NpgsqlCommand(find, connection);
            command.Parameters.Add(Text(tenant));
            command.Parameters.Add(Bigint(events[at].Position));
            await using var row = await command.ExecuteReaderAsync(cancellation);
            if (!await row.ReadAsync(cancellation))
            {
                break;
            }

            var number = row.GetInt64(0);
            var entries = row.GetFieldValue<byte[]>(1);
            var leaves = Notary.LeavesOf(entries);
            var before = at;
            for (; at < events.Count && IndexOf(entries, events[at].Position) is { } index; at++)
            {
                var sealedLeaf = leaves.AsSpan(index * BlockHash.Size, BlockHash.Size).ToArray();
                var isRedacted = redactions.Explain(events[at].Position, sealedLeaf, events[at].Leaf);
                proved.Add(events[at] with
                {
                    Leaf = isRedacted ? sealedLeaf : events[at].Leaf,
                    IsRedacted = isRedacted,
                    Block = number,
                    Index = index,
                    Path = BlockHash.Path(leaves, index),
                });
            }

            if (at == before)
            {
                // A tampered one: it is in no block, and the verifier says so.
                proved.Add(events[at++]);
            }
        }

        return [.. proved, .. events.Skip(proved.Count)];
    }

    private static int? IndexOf(ReadOnlySpan<byte> entries, long position)
    {
        for (var at = 0; at < entries.Length; at += Notary.EntrySize)
        {
            if (BinaryPrimitives.ReadInt64BigEndian(entries[at..]) == position)
            {
                return at / Notary.EntrySize;
            }
        }

        return null;
    }

    private static BlockRecord Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetFieldValue<byte[]>(4),
        row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6), row.GetFieldValue<DateTimeOffset>(7),
        row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8), row.IsDBNull(9) ? null : row.GetString(9));

    private static NpgsqlParameter<long> Bigint(long value) => new() { TypedValue = value };

    private static NpgsqlParameter<string> Text(string value) =>
        new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
}
