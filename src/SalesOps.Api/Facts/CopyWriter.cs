using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Npgsql;
using SalesOps.Domain;

namespace SalesOps.Api.Facts;

/// <summary>
/// Writes rows by a binary COPY. The bytes are made here: a library that looks up each column's type for each value costs
/// more than all else that there is to making a fact. Not asynchronous, for what blocks is the filling of a buffer.
/// </summary>
internal sealed class CopyWriter : IAsyncDisposable
{
    private const int FlushAt = 48 * 1024;
    private const long MicrosecondsTo2000 = 946_684_800_000_000;
    private const int DaysTo2000 = 730_119;
    private const int DateType = 1082, InstantType = 1184, NumberType = 1700, TextType = 1043;

    private static readonly byte[] header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly NpgsqlRawCopyStream stream;
    private readonly short columns;
    private byte[] buffer = new byte[64 * 1024];
    private int length;
    private bool isComplete;

    private CopyWriter(NpgsqlRawCopyStream stream, short columns)
    {
        this.stream = stream;
        this.columns = columns;
        header.CopyTo(Room(header.Length));
    }

    /// <summary>Begins a COPY; without <see cref="CompleteAsync"/> nothing of it is kept.</summary>
    /// <param name="columns">Their names, with commas between; each row writes all of them in their order.</param>
    public static async Task<CopyWriter> BeginAsync(
        NpgsqlConnection connection, string table, string columns, CancellationToken cancellation) => new(
        await connection.BeginRawBinaryCopyAsync($"copy {table} ({columns}) from stdin (format binary)", cancellation),
        (short)(columns.Count(c => c == ',') + 1));

    public void StartRow()
    {
        if (length > FlushAt)
        {
            stream.Write(buffer, 0, length);
            length = 0;
        }

        BinaryPrimitives.WriteInt16BigEndian(Room(2), columns);
    }

    public void WriteNull() => WriteLength(-1);

    public void WriteText(string? text)
    {
        if (text is null)
        {
            WriteNull();
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        WriteLength(bytes);
        Encoding.UTF8.GetBytes(text, Room(bytes));
    }

    /// <summary>Text that is JSON, for a column of type <c>jsonb</c>.</summary>
    public void WriteJson(string json)
    {
        var bytes = Encoding.UTF8.GetByteCount(json);
        WriteLength(bytes + 1);
        var room = Room(bytes + 1);
        room[0] = 1;
        Encoding.UTF8.GetBytes(json, room[1..]);
    }

    public void Write(bool value)
    {
        WriteLength(1);
        Room(1)[0] = value ? (byte)1 : (byte)0;
    }

    public void Write(short value)
    {
        WriteLength(2);
        BinaryPrimitives.WriteInt16BigEndian(Room(2), value);
    }

    public void Write(int value)
    {
        WriteLength(4);
        BinaryPrimitives.WriteInt32BigEndian(Room(4), value);
    }

    public void Write(long value)
    {
        WriteLength(8);
        BinaryPrimitives.WriteInt64BigEndian(Room(8), value);
    }

    public void Write(Guid value)
    {
        WriteLength(16);
        value.TryWriteBytes(Room(16), bigEndian: true, out _);
    }

    /// <summary>The first and the last instant that there are stand for open ends.</summary>
    public void Write(DateTimeOffset value) => Write(
        value == DateTimeOffset.MaxValue ? long.MaxValue
        : value == DateTimeOffset.MinValue ? long.MinValue
        : (value - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond - MicrosecondsTo2000);

    public void Write(DateOnly value) => Write(
        value == DateOnly.MaxValue ? int.MaxValue : value == DateOnly.MinValue ? int.MinValue : value.DayNumber - DaysTo2000);

    /// <summary>
    /// Exact, with its scale. PostgreSQL's form: groups of four decimal digits from the highest, the first of which counts
    /// for ten thousand to the power of a weight.
    /// </summary>
    public void Write(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        int scale = (parts[3] >> 16) & 0xFF;
        var fraction = (scale + 3) / 4;
        var mantissa = new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        for (var digit = scale; digit < fraction * 4; digit++)
        {
            mantissa *= 10;
        }

        Span<short> groups = stackalloc short[12];
        var count = 0;
        for (; mantissa != 0; mantissa /= 10_000)
        {
            groups[count++] = (short)(mantissa % 10_000);
        }

        WriteLength(8 + count * 2);
        var room = Room(8 + count * 2);
        BinaryPrimitives.WriteInt16BigEndian(room, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(room[2..], (short)(count - fraction - 1));
        BinaryPrimitives.WriteUInt16BigEndian(room[4..], parts[3] < 0 ? (ushort)0x4000 : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(room[6..], (short)scale);
        for (var group = 0; group < count; group++)
        {
            BinaryPrimitives.WriteInt16BigEndian(room[(8 + group * 2)..], groups[count - 1 - group]);
        }
    }

    public void WriteTexts(IReadOnlyCollection<string> texts) =>
        WriteArray(TextType, texts, static (copy, text) => copy.WriteText(text));

    public void WriteNumbers(IReadOnlyCollection<decimal> numbers) =>
        WriteArray(NumberType, numbers, static (copy, number) => copy.Write(number));

    public void WriteNumbers(IReadOnlyCollection<decimal?> numbers) =>
        WriteArray(NumberType, numbers, static (copy, number) => copy.WriteNumber(number));

    public void WriteDates(IReadOnlyCollection<DateOnly> dates) =>
        WriteArray(DateType, dates, static (copy, date) => copy.Write(date));

    public void WriteInstants(IReadOnlyCollection<DateTimeOffset> instants) =>
        WriteArray(InstantType, instants, static (copy, instant) => copy.Write(instant));

    public void WriteNumber(decimal? number) => WriteOrNull(number, static (copy, value) => copy.Write(value));

    public void WriteInteger(int? number) => WriteOrNull(number, static (copy, value) => copy.Write(value));

    public void WriteLong(long? number) => WriteOrNull(number, static (copy, value) => copy.Write(value));

    public void WriteDate(DateOnly? date) => WriteOrNull(date, static (copy, value) => copy.Write(value));

    public void WriteInstant(DateTimeOffset? instant) => WriteOrNull(instant, static (copy, value) => copy.Write(value));

    /// <summary>An amount and its currency, two columns.</summary>
    public void WriteMoney(Money? money)
    {
        WriteNumber(money?.Amount);
        WriteText(money?.Currency);
    }

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);
        await stream.WriteAsync(buffer.AsMemory(0, length), cancellation);
        isComplete = true;
        // This is where the server says whether it took the rows.
        await stream.DisposeAsync();
    }

    [SuppressMessage("Reliability", "CA2215", Justification = "A completed stream is disposed already.")]
    public async ValueTask DisposeAsync()
    {
        if (!isComplete)
        {
            await stream.CancelAsync();
            await stream.DisposeAsync();
        }
    }

    private void WriteOrNull<T>(T? value, Action<CopyWriter, T> write)
        where T : struct
    {
        if (value is { } known)
        {
            write(this, known);
        }
        else
        {
            WriteNull();
        }
    }

    private void WriteArray<T>(int elementType, IReadOnlyCollection<T> values, Action<CopyWriter, T> write)
    {
        var start = length;
        WriteLength(0);
        WriteInt(values.Count == 0 ? 0 : 1);
        WriteInt(values.Any(value => value is null) ? 1 : 0);
        WriteInt(elementType);
        if (values.Count > 0)
        {
            WriteInt(values.Count);
            WriteInt(1);
            foreach (var value in values)
            {
                write(this, value);
            }
        }

        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(start), length - start - 4);
    }

    private void WriteLength(int bytes) => WriteInt(bytes);

    private void WriteInt(int value) => BinaryPrimitives.WriteInt32BigEndian(Room(4), value);

    private Span<byte> Room(int bytes)
    {
        if (length + bytes > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
        }

        length += bytes;
        return buffer.AsSpan(length - bytes, bytes);
    }
}
