using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SalesOps.Store;

/// <summary>
/// The hashes of the evidence, described byte by byte so that an auditor can redo them in any language.
/// </summary>
/// <remarks>
/// All hashes are SHA-256, all integers big-endian and signed.
/// <para>
/// <b>Leaf</b> of an event: the hash of the byte 0x00 followed by its thirteen fields in this order, each as a 4-byte
/// length and that many bytes; an absent (null) field is the length -1 (FF FF FF FF) alone, so that it differs from an
/// empty one. 1 tenant_id (UTF-8), 2 seq_id (8-byte integer), 3 id (the 16 bytes of the UUID as it is written),
/// 4 stream_id (UTF-8), 5 version (8-byte integer), 6 type (UTF-8), 7 timestamp (8-byte integer: microseconds since
/// 1970-01-01T00:00:00Z), 8 correlation_id (UTF-8), 9 causation_id (UTF-8), 10 mt_dotnet_type (UTF-8), 11 is_archived
/// (one byte, 0 or 1), 12 headers::text (UTF-8, as PostgreSQL prints the jsonb), 13 data::text (the same).
/// </para>
/// <para>
/// <b>Root</b> of a block: the Merkle tree of RFC 6962 over the leaves in order of seq_id. A node is the hash of the
/// byte 0x01, the left hash and the right hash; the left subtree has the largest power of two of leaves that is smaller
/// than their number.
/// </para>
/// <para>
/// <b>Block</b>: the hash of the previous block's hash of this tenant (32 zero bytes before the first block), the tenant
/// as a 4-byte length and its UTF-8, the first seq_id, the last seq_id and the number of events (8-byte integers), and
/// the root.
/// </para>
/// </remarks>
public static class BlockHash
{
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>What stands before the first block of a tenant.</summary>
    public static ReadOnlyMemory<byte> Beginning { get; } = new byte[Size];

    /// <summary>The leaf of an event.</summary>
    /// <param name="prefixedFields">The byte 0x00, then the fields.</param>
    /// <param name="leaf">Takes the hash.</param>
    public static void Leaf(ReadOnlySpan<byte> prefixedFields, Span<byte> leaf)
    {
        if (prefixedFields[0] != 0)
        {
            throw new InvariantViolationException("The bytes of a leaf begin with 0x00.");
        }

        SHA256.HashData(prefixedFields, leaf);
    }

    /// <summary>The thirteen fields of the bytes that a leaf hashes; null where one is absent.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>?> FieldsOf(ReadOnlyMemory<byte> leafBytes)
    {
        var fields = new List<ReadOnlyMemory<byte>?>();
        for (var at = 1; at < leafBytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(leafBytes.Span[at..]);
            at += 4;
            fields.Add(length < 0 ? null : leafBytes.Slice(at, length));
            at += Math.Max(0, length);
        }

        return fields;
    }

    /// <summary>The root over leaves that stand one behind the other.</summary>
    public static byte[] Root(ReadOnlySpan<byte> leaves)
    {
        if (leaves.Length == 0 || leaves.Length % Size != 0)
        {
            throw new InvariantViolationException("A tree has at least one leaf, and whole ones.");
        }

        // Level by level: hashing neighbours and passing on an odd last one gives exactly the tree of the RFC.
        var level = leaves.ToArray().AsSpan();
        Span<byte> node = stackalloc byte[1 + (2 * Size)];
        node[0] = 1;
        while (level.Length > Size)
        {
            var nodes = 0;
            for (var at = 0; at < level.Length; at += 2 * Size, nodes++)
            {
                var target = level.Slice(nodes * Size, Size);
                if (at + Size == level.Length)
                {
                    level.Slice(at, Size).CopyTo(target);
                }
                else
                {
                    level.Slice(at, 2 * Size).CopyTo(node[1..]);
                    SHA256.HashData(node, target);
                }
            }

            level = level[..(nodes * Size)];
        }

        return level.ToArray();
    }

    /// <summary>
    /// What leads from a leaf to the root (the audit path of RFC 6962): the neighbours to hash it with, one after another,
    /// each to the left or to the right of what was come to.
    /// </summary>
    /// <param name="leaves">All leaves of the block, one behind the other.</param>
    /// <param name="index">Which of them, from 0.</param>
    public static IReadOnlyList<PathStep> Path(ReadOnlySpan<byte> leaves, int index)
    {
        var path = new List<PathStep>();
        var level = leaves.ToArray();
        for (; level.Length > Size; index /= 2)
        {
            var neighbour = (index ^ 1) * Size;
            if (neighbour < level.Length)
            {
                path.Add(new(neighbour < index * Size, level[neighbour..(neighbour + Size)]));
            }

            level = [.. level.Chunk(2 * Size).SelectMany(pair => pair.Length == Size ? pair : Root(pair))];
        }

        return path;
    }

    public static byte[] Block(
        ReadOnlySpan<byte> previous, string tenant, long first, long last, long events, ReadOnlySpan<byte> root)
    {
        var name = Encoding.UTF8.GetBytes(tenant);
        var bytes = new byte[Size + 4 + name.Length + 24 + Size];
        var rest = bytes.AsSpan();
        previous.CopyTo(rest);
        BinaryPrimitives.WriteInt32BigEndian(rest = rest[Size..], name.Length);
        name.CopyTo(rest = rest[4..]);
        BinaryPrimitives.WriteInt64BigEndian(rest = rest[name.Length..], first);
        BinaryPrimitives.WriteInt64BigEndian(rest = rest[8..], last);
        BinaryPrimitives.WriteInt64BigEndian(rest = rest[8..], events);
        root.CopyTo(rest[8..]);
        return SHA256.HashData(bytes);
    }
}

/// <summary>A step from a leaf to the root of its block.</summary>
/// <param name="IsLeft">Whether the neighbour stands to the left.</param>
public sealed record PathStep(bool IsLeft, byte[] Hash);
