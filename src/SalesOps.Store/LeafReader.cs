using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// Streams the events of a stretch of the log as the bytes that their leaves hash. PostgreSQL's binary COPY sends a
/// row's fields just as <see cref="BlockHash"/> wants them, but for the epoch of the time, so no row is decoded.
/// </summary>
internal sealed class LeafReader : IAsyncDisposable
{
    private const int Fields = 13;
    private const int CopyHeader = 19;

    /// <summary>PostgreSQL counts microseconds from 2000-01-01.</summary>
    private const long PostgresEpoch = 946_684_800_000_000;

    private readonly NpgsqlConnection connection;
    private readonly Stream copy;
    private byte[] buffer = new byte[1 << 17];
    private int start;
    private int end;
    private string tenant = string.Empty;
    private byte[] tenantUtf8 = [];

    private LeafReader(NpgsqlConnection connection, Stream copy) => (this.connection, this.copy) = (connection, copy);

    public long Position { get; private set; }

    public string Tenant => tenant;

    /// <summary>The hash of the current event.</summary>
    public byte[] Leaf { get; } = new byte[BlockHash.Size];

    /// <summary>What it is the hash of; holds until the next event is read.</summary>
    public ReadOnlyMemory<byte> LeafBytes { get; private set; }

    /// <param name="stream">One stream, in the order of its versions; the log in the order of positions where absent.</param>
    [SuppressMessage("Security", "CA2100", Justification = "COPY takes no parameters; the server quotes the texts.")]
    public static async Task<LeafReader> OpenAsync(
        NpgsqlDataSource database, string? tenant, long first, long last, CancellationToken cancellation, string? stream = null)
    {
        var session = await database.OpenConnectionAsync(cancellation);
        try
        {
            // In the order of the primary key: a sort would first read it all.
            const string settings = "begin read only; set local enable_sort = off; set local enable_seqscan = off";
            await using (var begin = new NpgsqlCommand(settings, session))
            {
                await begin.ExecuteNonQueryAsync(cancellation);
            }

            const string quoting = """
                select coalesce('tenant_id = ' || quote_literal($1), 'true')
                  || coalesce(' and stream_id = ' || quote_literal($2), '')
                """;
            await using var quote = new NpgsqlCommand(quoting, session) { Parameters = { Text(tenant), Text(stream) } };
            var which = (string)(await quote.ExecuteScalarAsync(cancellation))!;
            var order = stream is null ? "seq_id" : "version";
            var rows = await session.BeginRawBinaryCopyAsync(string.Create(CultureInfo.InvariantCulture, $"""
                copy (
                  select tenant_id, seq_id, id, stream_id, version, type, timestamp, correlation_id, causation_id,
                         mt_dotnet_type, is_archived, headers::text, data::text
                  from mt_events where {which} and seq_id between {first} and {last} order by {order}
                ) to stdout (format binary)
                """), cancellation);
            var reader = new LeafReader(session, rows);
            await reader.FillAsync(CopyHeader, cancellation);
            reader.start = CopyHeader;
            return reader;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Moves to the next event; false behind the last.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        int length;
        while ((length = LengthOfRow()) < 0)
        {
            await FillAsync(end - start + 1, cancellation);
        }

        if (length == 0)
        {
            return false;
        }

        TakeRow(buffer.AsSpan(start, length));
        // The first byte of the row's count of fields is no part of it.
        LeafBytes = buffer.AsMemory(start + 1, length - 1);
        start += length;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await copy.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    /// <summary>-1 where the row is not whole yet, 0 for the trailer.</summary>
    private int LengthOfRow()
    {
        var rest = buffer.AsSpan(start, end - start);
        if (rest.Length < 2)
        {
            return -1;
        }

        if (BinaryPrimitives.ReadInt16BigEndian(rest) < 0)
        {
            return 0;
        }

        var at = 2;
        for (var field = 0; field < Fields; field++)
        {
            if (rest.Length < at + 4)
            {
                return -1;
            }

            at += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(rest[at..]));
        }

        return rest.Length < at ? -1 : at;
    }

    private void TakeRow(Span<byte> row)
    {
        // The last byte of the field count gives its place to the prefix of a leaf.
        row[1] = 0;
        var tenantLength = BinaryPrimitives.ReadInt32BigEndian(row[2..]);
        TakeTenant(row.Slice(6, Math.Max(0, tenantLength)));
        var at = 2;
        for (var field = 1; field <= 7; field++)
        {
            var value = row[(at + 4)..];
            if (field == 2)
            {
                Position = BinaryPrimitives.ReadInt64BigEndian(value);
            }
            else if (field == 7)
            {
                BinaryPrimitives.WriteInt64BigEndian(value, BinaryPrimitives.ReadInt64BigEndian(value) + PostgresEpoch);
            }

            at += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(row[at..]));
        }

        BlockHash.Leaf(row[1..], Leaf);
    }

    private void TakeTenant(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.SequenceEqual(tenantUtf8))
        {
            tenantUtf8 = utf8.ToArray();
            tenant = Encoding.UTF8.GetString(utf8);
        }
    }

    /// <summary>Reads until so many bytes are there.</summary>
    private async ValueTask FillAsync(int needed, CancellationToken cancellation)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        while (end < needed)
        {
            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await copy.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read > 0 ? read : throw new InvariantViolationException("A COPY ended in the middle of a row.");
        }
    }
}
