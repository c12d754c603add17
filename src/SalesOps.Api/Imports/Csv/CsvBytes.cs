using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace SalesOps.Api.Imports.Csv;

/// <summary>Turns what was handed in into UTF-8 without a byte order mark, or refuses it: nothing is guessed.</summary>
internal static class CsvBytes
{
    public static ReadOnlyMemory<byte> Of(ImportFile file)
    {
        var content = file.Content;
        return content.Span switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Checked(file.Name, content[3..], 3),
            [0xFF, 0xFE, ..] => FromUtf16(file, Encoding.Unicode),
            [0xFE, 0xFF, ..] => FromUtf16(file, Encoding.BigEndianUnicode),
            _ => Checked(file.Name, content, 0),
        };
    }

    private static ReadOnlyMemory<byte> Checked(string name, ReadOnlyMemory<byte> content, int offset)
    {
        if (Utf8.IsValid(content.Span))
        {
            return content;
        }

        var bad = FirstBadByte(content.Span);
        var line = content.Span[..bad].Count((byte)'\n') + 1;
        throw new ImportRefusedException(
            "csv-not-utf8",
            string.Create(
                CultureInfo.InvariantCulture,
                $"File '{name}' is not UTF-8: line {line}, byte {bad + offset + 1}. Save it as UTF-8 and import it again."))
        {
            Place = string.Create(CultureInfo.InvariantCulture, $"{name}:{line}"),
        };
    }

    private static int FirstBadByte(ReadOnlySpan<byte> content)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(content[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            offset += length;
        }

        return offset;
    }

    private static ReadOnlyMemory<byte> FromUtf16(ImportFile file, Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        try
        {
            return Encoding.UTF8.GetBytes(strict.GetString(file.Content.Span[2..]));
        }
        catch (DecoderFallbackException)
        {
            throw new ImportRefusedException(
                "csv-not-utf8", $"File '{file.Name}' begins like UTF-16 but is not. Save it as UTF-8 and import it again.")
            {
                Place = file.Name,
            };
        }
    }
}
