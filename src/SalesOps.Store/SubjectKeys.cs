using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>What erasing a person comes to; carried out in the transaction of the append that says so.</summary>
/// <param name="Subject">The person.</param>
/// <param name="KeyHash">The SHA-256 of the key that is forgotten; null where nothing was sealed.</param>
/// <param name="Redactions">What was recorded before there were keys.</param>
public sealed record Erasure(string Subject, byte[]? KeyHash, IReadOnlyList<Redaction> Redactions)
{
    /// <summary>Whether the person was erased before.</summary>
    public bool WasErased { get; init; }
}

/// <summary>An event whose personal text is taken out of its row.</summary>
/// <param name="Was">The leaf that its block has sealed.</param>
/// <param name="Now">The leaf of what is left.</param>
/// <param name="Data">What is left.</param>
public sealed record Redaction(long Position, byte[] Was, byte[] Now, string Data);

/// <summary>Keys of people: made when something about one is first recorded, forgotten when that one is erased.</summary>
public sealed class SubjectKeys(DatabasePools pools)
{
    /// <summary>
    /// The same append with what is personal sealed. A person who was erased stays so: what comes later under that name of
    /// a subject is not kept.
    /// </summary>
    internal async Task<Append> SealAsync(Append append, CancellationToken cancellation)
    {
        var subjects = append.Writes.SelectMany(write => write.Events)
            .Select(@event => @event.Personal?.Subject).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var keys = await TakeAsync(append.Tenant, subjects, cancellation);
        return append with
        {
            Writes =
            [
                .. append.Writes.Select(write => write with { Events = [.. write.Events.Select(@event => Seal(@event, keys))] }),
            ],
        };
    }

    /// <summary>Reads what there is to forget of a person.</summary>
    /// <param name="stream">Where the person's events are.</param>
    /// <param name="plainOf">
    /// Given the type and the data of an event that is not sealed: where in it the person's text stands; null where it
    /// doesn't.
    /// </param>
    public async Task<Erasure> PrepareAsync(
        string tenant, string stream, string subject, Func<string, ReadOnlyMemory<byte>, IReadOnlyList<string>?> plainOf,
        CancellationToken cancellation)
    {
        var plain = new List<(long Position, byte[] Leaf, byte[] Bytes, int DataLength, string Left)>();
        await using (var leaves = await LeafReader.OpenAsync(
            pools.Background, tenant, 0, long.MaxValue, cancellation, stream))
        {
            while (await leaves.ReadAsync(cancellation))
            {
                var bytes = leaves.LeafBytes.ToArray();
                var fields = BlockHash.FieldsOf(bytes);
                var data = fields[12]!.Value;
                if (HeadersJson.Read(fields[11]!.Value.Span).Subject is null
                    && plainOf(Encoding.UTF8.GetString(fields[5]!.Value.Span), data) is { } paths)
                {
                    var left = Encoding.UTF8.GetString(PersonalText.Erase(data.Span, paths));
                    plain.Add((leaves.Position, leaves.Leaf[..], bytes, data.Length, left));
                }
            }
        }

        const string read = """
            select key from subject_key where tenant_id = $1 and subject = $2
            """;
        // As the server prints it, for that is what a leaf hashes.
        const string print = "select data::jsonb::text from unnest($1) with ordinality as given (data, place) order by place";
        await using var connection = await pools.Web.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(read) { Parameters = { Text(tenant), Text(subject) } },
                new(print) { Parameters = { Texts([.. plain.Select(item => item.Left)]) } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var isKnown = await rows.ReadAsync(cancellation);
        var wasErased = isKnown && rows.IsDBNull(0);
        var hash = isKnown && !wasErased
            ? PersonalText.HashOf(pools.Masters.Unwrap(tenant, subject, rows.GetFieldValue<byte[]>(0)))
            : null;
        await rows.NextResultAsync(cancellation);
        var redactions = new List<Redaction>();
        while (await rows.ReadAsync(cancellation))
        {
            var (position, leaf, bytes, length, _) = plain[redactions.Count];
            var printed = rows.GetString(0);
            redactions.Add(new(position, leaf, LeafOf(bytes, length, Encoding.UTF8.GetBytes(printed)), printed));
        }

        // One that was redacted before, of an earlier erasure, is as it was left.
        return new(subject, hash, [.. redactions.Where(redaction => !redaction.Was.AsSpan().SequenceEqual(redaction.Now))])
        {
            WasErased = wasErased,
        };
    }

    private static byte[] LeafOf(byte[] leafBytes, int dataLength, byte[] data)
    {
        byte[] left = [.. leafBytes.AsSpan(0, leafBytes.Length - dataLength), .. data];
        BinaryPrimitives.WriteInt32BigEndian(left.AsSpan(leafBytes.Length - dataLength - 4), data.Length);
        var leaf = new byte[BlockHash.Size];
        BlockHash.Leaf(left, leaf);
        return leaf;
    }

    private static NewEvent Seal(NewEvent @event, Dictionary<string, byte[]?> keys) => @event.Personal is not { } personal
        ? @event
        : @event with
        {
            Data = PersonalText.Seal(@event.Data.Span, personal.Paths, keys[personal.Subject], @event.Id),
            Headers = @event.Headers with { Subject = personal.Subject },
            Personal = null,
        };

    /// <summary>The keys of people, made where there are none yet; null for those who were erased.</summary>
    private async Task<Dictionary<string, byte[]?>> TakeAsync(
        string tenant, string[] subjects, CancellationToken cancellation)
    {
        // In one order, so that two who make the same keys wait for each other and not in a circle.
        const string make = """
            insert into subject_key (tenant_id, subject, key)
            select $1, subject, key from unnest($2, $3) as made (subject, key) order by subject
            on conflict do nothing
            """;
        const string read = "select subject, key from subject_key where tenant_id = $1 and subject = any($2)";
        byte[][] made =
        [
            .. subjects.Select(subject =>
                pools.Masters.Wrap(tenant, subject, RandomNumberGenerator.GetBytes(MasterKeys.KeySize))),
        ];
        await using var connection = await pools.Web.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(make)
                {
                    Parameters =
                    {
                        Text(tenant), Texts(subjects),
                        new NpgsqlParameter<byte[][]> { TypedValue = made, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                    },
                },
                new(read) { Parameters = { Text(tenant), Texts(subjects) } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var keys = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            var subject = rows.GetString(0);
            keys[subject] = rows.IsDBNull(1) ? null : pools.Masters.Unwrap(tenant, subject, rows.GetFieldValue<byte[]>(1));
        }

        return keys;
    }

    private static NpgsqlParameter<string> Text(string value) =>
        new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<string[]> Texts(string[] values) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
