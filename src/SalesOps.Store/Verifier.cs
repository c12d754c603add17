using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>A block's hash as somebody kept it outside of the database.</summary>
public sealed record BlockAnchor(long Block, string Hash);

/// <summary>Where the evidence and the log first differ, and how.</summary>
public sealed record BadEvidence(long Position, string Reason);

/// <summary>What a verification found.</summary>
/// <param name="Blocks">How many blocks agree with themselves, their predecessor and their events.</param>
/// <param name="Events">How many events of them were hashed again.</param>
/// <param name="SealedUpTo">What is recorded after this position is in no block yet.</param>
/// <param name="Anchored">
/// A hash kept outside was compared. Without one, whoever can rewrite the tables can have hashed them again.
/// </param>
public sealed record Verification(long Blocks, long Events, long SealedUpTo, bool Anchored, BadEvidence? FirstBad)
{
    public bool Ok => FirstBad is null;

    /// <summary>How many of the blocks carry a signature that the key at hand proves.</summary>
    public long Signed { get; init; }

    /// <summary>How many of the events are without a person's text, as an event of the log that erased the person says.</summary>
    public long Redacted { get; init; }
}

/// <summary>
/// Compares a tenant's log with its sealed blocks and names the first position that was changed, removed or inserted.
/// </summary>
/// <param name="signer">Proves the signatures that its key has made; those of others are passed over.</param>
public sealed class Verifier(DatabasePools pools, BlockSigner? signer = null)
{
    private const int BlocksAtATime = 64;

    private sealed record SealedBlock(
        long Number, long First, long Last, int Events, byte[] Entries, byte[] Root, byte[] Previous, byte[] Hash,
        byte[]? Signature, string? KeyId);

    /// <summary>What the walk along the blocks came to.</summary>
    private sealed record Walk(long Blocks, long Events, long Signed, long Redacted, BadEvidence? Bad);

    /// <summary>The stretch to verify: after a trusted beginning, up to a sealed end, in whole blocks.</summary>
    private sealed record Stretch(long AfterBlock, byte[] AfterHash, long AfterPosition, long UpTo, long SealedUpTo);

    /// <summary>Verifies the blocks that touch a stretch of the log.</summary>
    /// <param name="from">A position; the beginning where absent.</param>
    /// <param name="to">A position; where absent, also that nothing is missing or too much behind the last block.</param>
    /// <param name="anchor">A block whose hash is known from outside.</param>
    public async Task<Verification> VerifyAsync(
        string tenant, long? from, long? to, BlockAnchor? anchor, CancellationToken cancellation)
    {
        var stretch = await StretchAsync(tenant, from, to, cancellation);
        var (blocks, events, signed, redacted, bad) = await WalkAsync(tenant, stretch, from is null, cancellation);
        bad ??= anchor is null ? null : await CompareAsync(tenant, anchor, stretch.SealedUpTo, cancellation);
        bad ??= to is not null ? null : await BehindTheLastBlockAsync(tenant, stretch.SealedUpTo, cancellation);
        return new(blocks, events, stretch.SealedUpTo, anchor is not null, bad) { Signed = signed, Redacted = redacted };
    }

    private async Task<Walk> WalkAsync(
        string tenant, Stretch stretch, bool fromBeginning, CancellationToken cancellation)
    {
        long blocks = 0, events = 0, signed = 0, redacted = 0;
        var redactions = await RedactedLeaves.ReadAsync(pools.Background, tenant, cancellation);
        var (number, previous) = (stretch.AfterBlock, stretch.AfterHash);
        // Nothing stands before the first position, but somebody might have put it there.
        var first = fromBeginning ? long.MinValue : stretch.AfterPosition + 1;
        await using var log = await LeafReader.OpenAsync(pools.Background, tenant, first, stretch.UpTo, cancellation);
        var more = await log.ReadAsync(cancellation);
        await foreach (var block in BlocksAsync(tenant, stretch.AfterBlock, stretch.UpTo, cancellation))
        {
            if (FaultOf(block, tenant, number + 1, previous) is { } fault)
            {
                return new(blocks, events, signed, redacted, new(more ? Math.Min(log.Position, block.First) : block.First, fault));
            }

            for (var at = 0; at < block.Entries.Length; at += Notary.EntrySize)
            {
                var position = BinaryPrimitives.ReadInt64BigEndian(block.Entries.AsSpan(at));
                if (!more || log.Position > position)
                {
                    return new(blocks, events, signed, redacted, new(position, "The event is missing."));
                }

                if (log.Position < position)
                {
                    return new(blocks, events, signed, redacted, new(log.Position, "The event was inserted after its block was sealed."));
                }

                var leaf = block.Entries.AsSpan(at + 8, BlockHash.Size);
                if (!log.Leaf.AsSpan().SequenceEqual(leaf))
                {
                    if (!redactions.Explain(position, leaf, log.Leaf))
                    {
                        return new(blocks, events, signed, redacted, new(position, "The event was changed after its block was sealed."));
                    }

                    redacted++;
                }

                events++;
                more = await log.ReadAsync(cancellation);
            }

            blocks++;
            signed += IsSigned(block) ? 1 : 0;
            (number, previous) = (block.Number, block.Hash);
        }

        return new(
            blocks, events, signed, redacted,
            more ? new(log.Position, "The event is in no block, though later ones were sealed.") : null);
    }

    private bool IsSigned(SealedBlock block) => block.Signature is not null && block.KeyId == signer?.KeyId;

    private string? FaultOf(SealedBlock block, string tenant, long number, byte[] previous)
    {
        var entries = block.Entries;
        return block.Number != number ? $"Block {number} is missing."
            : !block.Previous.AsSpan().SequenceEqual(previous) ? $"Block {number} does not follow its predecessor."
            : entries.Length == 0 || entries.Length != block.Events * Notary.EntrySize
                || BinaryPrimitives.ReadInt64BigEndian(entries) != block.First
                || BinaryPrimitives.ReadInt64BigEndian(entries.AsSpan(entries.Length - Notary.EntrySize)) != block.Last
                || !BlockHash.Root(Notary.LeavesOf(entries)).AsSpan().SequenceEqual(block.Root)
                || !BlockHash.Block(previous, tenant, block.First, block.Last, block.Events, block.Root)
                    .AsSpan().SequenceEqual(block.Hash) ? $"Block {number} was changed."
            : IsSigned(block) && !signer!.Verifies(block.Hash, block.Signature!) ? $"The signature of block {number} is not of its hash."
            : null;
    }

    private async Task<Stretch> StretchAsync(string tenant, long? from, long? to, CancellationToken cancellation)
    {
        // A block that ends before the stretch is trusted here; whoever doesn't starts at the beginning.
        const string stretch = """
            select coalesce(before.block, 0), before.hash, coalesce(before.last_seq, 0), ending.last_seq,
                   greatest((select last_seq_id from mt_event_progression where name = $4),
                            (select max(last_seq) from notary_block where tenant_id = $1), 0)
            from (select) as always
            left join lateral (
              select block, hash, last_seq from notary_block
              where tenant_id = $1 and last_seq < $2 order by last_seq desc limit 1) before on true
            left join lateral (
              select last_seq from notary_block
              where tenant_id = $1 and last_seq >= $3 order by last_seq limit 1) ending on true
            """;
        await using var command = pools.Background.CreateCommand(stretch);
        command.Parameters.Add(Text(tenant));
        command.Parameters.Add(Bigint(from));
        command.Parameters.Add(Bigint(to));
        command.Parameters.Add(Text(Notary.Checkpoint));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var sealedUpTo = row.GetInt64(4);
        return new(
            row.GetInt64(0),
            row.IsDBNull(1) ? BlockHash.Beginning.ToArray() : row.GetFieldValue<byte[]>(1),
            row.GetInt64(2),
            row.IsDBNull(3) ? sealedUpTo : row.GetInt64(3),
            sealedUpTo);
    }

    private async IAsyncEnumerable<SealedBlock> BlocksAsync(
        string tenant, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        const string page = """
            select block, first_seq, last_seq, events, leaves, root, previous, hash, signature, key_id
            from notary_block
            where tenant_id = $1 and block > $2 and first_seq <= $3 order by block limit $4
            """;
        while (true)
        {
            var blocks = new List<SealedBlock>(BlocksAtATime);
            await using (var command = pools.Background.CreateCommand(page))
            {
                command.Parameters.Add(Text(tenant));
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = BlocksAtATime });
                await using var rows = await command.ExecuteReaderAsync(cancellation);
                while (await rows.ReadAsync(cancellation))
                {
                    blocks.Add(new(
                        rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt32(3),
                        rows.GetFieldValue<byte[]>(4), rows.GetFieldValue<byte[]>(5), rows.GetFieldValue<byte[]>(6),
                        rows.GetFieldValue<byte[]>(7), rows.IsDBNull(8) ? null : rows.GetFieldValue<byte[]>(8),
                        rows.IsDBNull(9) ? null : rows.GetString(9)));
                }
            }

            foreach (var block in blocks)
            {
                yield return block;
            }

            if (blocks.Count < BlocksAtATime)
            {
                yield break;
            }

            after = blocks[^1].Number;
        }
    }

    private async Task<BadEvidence?> CompareAsync(
        string tenant, BlockAnchor anchor, long sealedUpTo, CancellationToken cancellation)
    {
        const string find = "select first_seq, hash from notary_block where tenant_id = $1 and block = $2";
        await using var command = pools.Background.CreateCommand(find);
        command.Parameters.Add(Text(tenant));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = anchor.Block });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
        {
            return new(sealedUpTo + 1, $"The expected block {anchor.Block} is missing.");
        }

        return Convert.ToHexString(row.GetFieldValue<byte[]>(1)).Equals(anchor.Hash, StringComparison.OrdinalIgnoreCase)
            ? null
            : new(row.GetInt64(0), $"Block {anchor.Block} has another hash than the one kept outside.");
    }

    /// <summary>What no block covers yet must at least be dense, and nothing may stand behind the head.</summary>
    private async Task<BadEvidence?> BehindTheLastBlockAsync(
        string tenant, long sealedUpTo, CancellationToken cancellation)
    {
        const string find = """
            select (select min(due) from generate_series($2 + 1, head.last_seq) as due
                    where not exists (select from mt_events where seq_id = due)),
                   (select min(seq_id) from mt_events where tenant_id = $1 and seq_id > greatest($2, head.last_seq))
            from log_head as head
            """;
        await using var command = pools.Background.CreateCommand(find);
        command.Parameters.Add(Text(tenant));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sealedUpTo });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return !row.IsDBNull(0) ? new(row.GetInt64(0), "The event is missing; no block had sealed it.")
            : !row.IsDBNull(1) ? new(row.GetInt64(1), "The event stands behind the head of the log.")
            : null;
    }

    private static NpgsqlParameter Bigint(long? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value.HasValue ? value.Value : DBNull.Value };

    private static NpgsqlParameter<string> Text(string value) =>
        new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
}
