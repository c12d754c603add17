using System.Globalization;
using CsvHelper;

namespace SalesOps.Api.Imports.Csv;

/// <summary>
/// A CSV file by RFC 4180 with a header row. Malformed records are kept as faults with their lines; the rest goes on.
/// </summary>
internal sealed class CsvTable
{
    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);

    private CsvTable(string file, IReadOnlyList<string> header, IReadOnlyList<CsvRecord> records, bool isCutOff)
    {
        File = file;
        Header = header;
        Records = records;
        IsCutOff = isCutOff;
        for (var index = 0; index < header.Count; index++)
        {
            if (!columns.TryAdd(header[index], index))
            {
                throw new ImportRefusedException("csv-column-twice", $"File '{file}' has column '{header[index]}' twice.")
                {
                    Place = $"{file}:1",
                };
            }
        }
    }

    public string File { get; init; }

    /// <summary>The names of the columns as written, without the spaces around them.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Everything after the header but empty lines, in order.</summary>
    public IReadOnlyList<CsvRecord> Records { get; }

    /// <summary>No line break ends the last line: the file may be cut off in the middle of a value.</summary>
    public bool IsCutOff { get; }

    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>The place of a column, whatever the case of its name; -1 where there is none.</summary>
    public int IndexOf(string column) => columns.GetValueOrDefault(column, -1);

    /// <summary>Refuses the file unless it has the columns.</summary>
    public void Require(params IEnumerable<string> required)
    {
        if (required.FirstOrDefault(column => !Has(column)) is { } missing)
        {
            throw new ImportRefusedException("csv-column-missing", $"File '{File}' has no column '{missing}'.")
            {
                Place = $"{File}:1",
            };
        }
    }

    public CsvTable Named(string file) => new(file, Header, Records, IsCutOff);

    public static CsvTable Parse(ImportFile file)
    {
        var content = CsvBytes.Of(file);
        var parts = new List<CsvRecord>();
        var (start, line) = (0, 1);
        while (start < content.Length)
        {
            (start, line) = ParseFrom(content, start, line, parts);
        }

        if (parts is not [{ Fault: null } header, .. var records])
        {
            throw new ImportRefusedException("csv-header-missing", $"File '{file.Name}' has no header row.")
            {
                Place = $"{file.Name}:1",
            };
        }

        var names = header.Fields.Select(name => name.Trim()).ToArray();
        return new CsvTable(
            file.Name, names,
            [.. records.Where(record => record is not { Fault: null, Fields: [""] }).Select(record => Counted(record, names))],
            content.Span is [.., not ((byte)'\n' or (byte)'\r')]);
    }

    /// <summary>
    /// Parses up to the end, or to a record whose quotes are astray. Such a one can have swallowed any number of good
    /// lines, so parsing starts again at the line after the one that it began on.
    /// </summary>
    private static (int Start, int Line) ParseFrom(ReadOnlyMemory<byte> content, int start, int line, List<CsvRecord> records)
    {
        CsvMalformedRecord? malformed = null;
        using var reader = CsvReader.Create(content[start..], new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            SkipEmptyLines = false,
            TrackLineNumbers = true,
            PoolStrings = true,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = record => malformed = record,
        });
        while (reader.Read())
        {
            var at = line + (int)reader.LineNumber - 1;
            if (malformed is { } fault)
            {
                records.Add(new CsvRecord(at, [], QuoteFault(fault.Reason)));
                malformed = null;
                var lineLength = content.Span[(start + (int)reader.ByteOffset)..].IndexOf((byte)'\n') + 1;
                if (reader.RawRecord.Contains((byte)'\n') && lineLength > 0)
                {
                    return (start + (int)reader.ByteOffset + lineLength, at + 1);
                }
            }
            else
            {
                records.Add(new CsvRecord(at, reader.Current.ToArray(), null));
            }
        }

        return (content.Length, line);
    }

    private static RowFault QuoteFault(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => new("csv-quote-open", "A quoted value is not closed."),
        CsvMalformedReason.TextAfterClosingQuote => new("csv-quote-astray", "Text follows the quote that closes a value."),
        _ => new("csv-quote-astray", "A quote stands in a value that is not quoted."),
    };

    private static CsvRecord Counted(CsvRecord record, string[] header) =>
        record.Fault is null && record.Fields.Length != header.Length
            ? record with
            {
                Fault = new(
                    "csv-field-count",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The row has {record.Fields.Length} values where the header has {header.Length} columns."),
                    record.Fields.Length < header.Length ? header[record.Fields.Length] : header[^1]),
            }
            : record;
}

/// <summary>A row of a file, or what is wrong with its form.</summary>
/// <param name="Line">The physical line that it begins on; the header is on line 1.</param>
internal sealed record CsvRecord(int Line, string[] Fields, RowFault? Fault);

/// <summary>What is wrong with one row, and in which column.</summary>
internal sealed record RowFault(string Code, string Detail, string? Column = null);
