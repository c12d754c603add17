using System.Globalization;
using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Integration.Tests.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Facts;

/// <summary>What is written by COPY is what is read again.</summary>
public sealed class CopyWriterTests : StoreTest
{
    private const string Columns = """
        flag, small, whole, long, id, text, json, number, on_day, at, texts, numbers, days, instants
        """;

    private static readonly string[] texts = ["", "a", "Grüße, \"x\" \\ 😀", new('t', 100_000)];

    private static readonly decimal[] numbers =
    [
        .. new[]
        {
            "0", "0.00", "1", "-1.5", "10000", "9999.9999", "0.0001", "0.00001", "123456789.123456789", "-0.10", "100000000.0",
            "79228162514264337593543950335", "-7.9228162514264337593543950335", "0.0000000000000000000000000001",
        }.Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)),
    ];

    private static readonly DateTimeOffset[] instants =
    [
        DateTimeOffset.MinValue, new(1969, 12, 31, 23, 59, 59, TimeSpan.Zero), DateTimeOffset.UnixEpoch,
        new DateTimeOffset(2026, 3, 20, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(999_999), DateTimeOffset.MaxValue,
    ];

    private static readonly DateOnly[] days =
        [DateOnly.MinValue, new(1999, 12, 31), new(2000, 1, 1), new(2026, 2, 28), DateOnly.MaxValue];

    [Fact]
    public async Task Every_kind_of_value_comes_back()
    {
        await using var connection = await OpenTableAsync();
        var id = new Guid("01a208ee-cf5d-7abc-8def-0123456789ab");
        await using (var copy = await CopyWriter.BeginAsync(connection, "copied", Columns, default))
        {
            copy.StartRow();
            copy.Write(true);
            copy.Write(short.MinValue);
            copy.Write(int.MinValue);
            copy.Write(long.MaxValue);
            copy.Write(id);
            copy.WriteText("x");
            copy.WriteJson("""{"a": "ü"}""");
            copy.Write(-1.50m);
            copy.Write(new DateOnly(2026, 2, 28));
            copy.Write(instants[3]);
            copy.WriteTexts(texts);
            copy.WriteNumbers(numbers);
            copy.WriteDates(days);
            copy.WriteInstants(instants);
            await copy.CompleteAsync(default);
        }

        await using var read = new NpgsqlCommand($"select {Columns}, number::text, numbers::text from copied", connection);
        await using var row = await read.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        Assert.True(row.GetBoolean(0));
        Assert.Equal((short.MinValue, int.MinValue, long.MaxValue), (row.GetInt16(1), row.GetInt32(2), row.GetInt64(3)));
        Assert.Equal((id, "x", """{"a": "ü"}"""), (row.GetGuid(4), row.GetString(5), row.GetString(6)));
        Assert.Equal((-1.50m, "-1.50"), (row.GetDecimal(7), row.GetString(14)));
        Assert.Equal(new DateOnly(2026, 2, 28), row.GetFieldValue<DateOnly>(8));
        Assert.Equal(instants[3], row.GetFieldValue<DateTimeOffset>(9));
        Assert.Equal(texts, row.GetFieldValue<string[]>(10));
        var written = numbers.Select(number => number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal($"{{{string.Join(',', written)}}}", row.GetString(15));
        Assert.Equal(days, row.GetFieldValue<DateOnly[]>(12));
        Assert.Equal(instants, row.GetFieldValue<DateTimeOffset[]>(13));
    }

    [Fact]
    public async Task What_is_absent_is_null_and_what_is_empty_is_empty()
    {
        await using var connection = await OpenTableAsync();
        await using (var copy = await CopyWriter.BeginAsync(connection, "copied", Columns, default))
        {
            copy.StartRow();
            copy.WriteNull();
            copy.WriteNull();
            copy.WriteInteger(null);
            copy.WriteLong(null);
            copy.WriteNull();
            copy.WriteText(null);
            copy.WriteNull();
            copy.WriteNumber(null);
            copy.WriteDate(null);
            copy.WriteInstant(null);
            copy.WriteTexts([]);
            copy.WriteNumbers((decimal?[])[null, 1.5m]);
            copy.WriteDates([]);
            copy.WriteInstants([]);
            await copy.CompleteAsync(default);
        }

        const string text = """
            select num_nulls(flag, small, whole, long, id, text, json, number, on_day, at)::text
              || texts::text || numbers::text || days::text || instants::text
            from copied
            """;
        Assert.Equal("10{}{NULL,1.5}{}{}", await ScalarAsync(text));
    }

    [Fact]
    public async Task Many_rows_go_and_what_is_not_completed_is_not_kept()
    {
        const int rows = 20_000;
        await using var connection = await OpenTableAsync();
        await using (var copy = await CopyWriter.BeginAsync(connection, "copied", "whole, text", default))
        {
            WriteRows(copy);
        }

        Assert.Equal(0L, await ScalarAsync("select count(*) from copied"));
        await using (var copy = await CopyWriter.BeginAsync(connection, "copied", "whole, text", default))
        {
            WriteRows(copy);
            await copy.CompleteAsync(default);
        }

        Assert.Equal((long)rows, await ScalarAsync("select count(*) from copied where text = repeat('t', whole % 100)"));

        static void WriteRows(CopyWriter copy)
        {
            for (var number = 0; number < rows; number++)
            {
                copy.StartRow();
                copy.Write(number);
                copy.WriteText(new('t', number % 100));
            }
        }
    }

    private async Task<NpgsqlConnection> OpenTableAsync()
    {
        await ScalarAsync("""
            create table copied (
              flag boolean, small smallint, whole int, long bigint, id uuid, text varchar, json jsonb, number numeric,
              on_day date, at timestamptz, texts varchar[], numbers numeric[], days date[], instants timestamptz[])
            """);
        return await Pools.Background.OpenConnectionAsync();
    }
}
