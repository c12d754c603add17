using System.Globalization;
using SalesOps.Domain;

namespace SalesOps.Api.Imports.Csv;

/// <summary>
/// Reads the values of one row. The first that cannot be read is kept as the row's fault, so that a reader goes on to the
/// end and asks once. An empty value is absent.
/// </summary>
internal sealed class CsvCells(CsvTable table, CsvRecord record, BusinessCalendar calendar)
{
    private readonly HashSet<(string Code, string? Column, string Detail)> notes = [];

    public string File => table.File;

    public int Line => record.Line;

    /// <summary>Set once a value could not be read; the row then has failed.</summary>
    public RowFault? Fault { get; private set; } = record.Fault;

    /// <summary>The text of a column as it is written; null where it is blank or the file has no such column.</summary>
    public string? Text(string column)
    {
        var index = table.IndexOf(column);
        if (index < 0 || index >= record.Fields.Length || string.IsNullOrWhiteSpace(record.Fields[index]))
        {
            return null;
        }

        var text = record.Fields[index];
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Fail("value-unstorable", "The value has a U+0000, which cannot be stored.", column);
            return null;
        }

        return text;
    }

    /// <summary>A blank value is a fault; what comes back then is never recorded.</summary>
    public string RequiredText(string column) => Text(column) ?? Missing(column);

    public ImportTime? Time(string column) => Text(column) is { } text ? Time(column, text) : null;

    public ImportTime? Time(string column, string text)
    {
        if (ImportTime.TryRead(text, calendar, out var time))
        {
            return time;
        }

        Fail(
            "value-not-a-date",
            $"'{Shortened(text)}' is not a date such as 2026-03-31 or a date-time such as 2026-03-31T09:30:00Z.", column);
        return null;
    }

    public decimal? Number(string column) => Text(column) is { } text ? Number(column, text) : null;

    /// <summary>A decimal with a point; exponents are read too, since some exports write large amounts so.</summary>
    public decimal? Number(string column, string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) && decimal.Abs(number) < LargestNumber)
        {
            return number;
        }

        Fail("value-not-a-number", $"'{Shortened(text)}' is not a number such as 1234.50 of at most 15 digits before the point.", column);
        return null;
    }

    public int? Integer(string column, string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return integer;
        }

        Fail("value-not-an-integer", $"'{Shortened(text)}' is not a whole number.", column);
        return null;
    }

    /// <summary>An amount in whole units of its currency; more decimals than it has are rounded, and that is observed.</summary>
    public Money? Money(string column, string currency) => Number(column) is { } amount ? Money(column, amount, currency) : null;

    public Money? Money(string column, decimal amount, string currency)
    {
        if (!Currencies.Exists(currency))
        {
            Fail("currency-unknown", $"'{Shortened(currency)}' is no currency of ISO 4217.", column);
            return null;
        }

        var money = new Money(amount, currency);
        if (!money.IsExact)
        {
            Observe(
                "amount-rounded", column, $"Amounts with more decimals than {currency} has were rounded, half away from zero.");
        }

        return money.Rounded();
    }

    /// <summary>Flags of exports: 0 and 1, true and false.</summary>
    public bool? Flag(string column)
    {
        switch (Text(column))
        {
            case null:
                return null;
            case "1":
                return true;
            case "0":
                return false;
            case var text when bool.TryParse(text, out var flag):
                return flag;
            case var text:
                Fail("value-not-a-flag", $"'{Shortened(text)}' is neither true nor false, 1 nor 0.", column);
                return null;
        }
    }

    /// <summary>A text that is an id as it stands.</summary>
    public string? Id(string column) => Text(column) is { } text ? Id(column, text) : null;

    public string? Id(string column, string text)
    {
        if (Identifier.IsValid(text))
        {
            return text;
        }

        Fail(
            "value-not-an-id",
            $"'{Shortened(text)}' is not an id: 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '~' and '-'.", column);
        return null;
    }

    public string Missing(string column)
    {
        Fail("value-missing", $"Column '{column}' is empty where a value is needed.", column);
        return string.Empty;
    }

    public void Fail(string code, string detail, string? column) => Fault ??= new RowFault(code, detail, column);

    /// <summary>Remarks something about the row; it counts once, and only if the row can be read.</summary>
    public void Observe(string code, string? column, string detail) => notes.Add((code, column, detail));

    public void AddNotesTo(Observations observations)
    {
        foreach (var (code, column, detail) in notes)
        {
            observations.Note(File, code, column, detail);
        }
    }

    /// <summary>The row without some of its columns, to find rows that are alike.</summary>
    public string Without(IReadOnlySet<int> columns) =>
        string.Join('\u001F', record.Fields.Where((_, index) => !columns.Contains(index)));

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private const decimal LargestNumber = 1_000_000_000_000_000m;
}
