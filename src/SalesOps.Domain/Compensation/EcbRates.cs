using System.Globalization;

namespace SalesOps.Domain.Compensation;

/// <summary>
/// The reference rates of the European Central Bank as it publishes them: a line per day, a column per currency, one euro
/// each. <c>N/A</c> ends a quote's validity.
/// </summary>
public static class EcbRates
{
    public const string Base = "EUR";

    private const string DateColumn = "Date";
    private const string NotAvailable = "N/A";

    /// <summary>The rates by currency, in the order of their days; or the first line that is wrong.</summary>
    /// <param name="lines">The file's lines, newest or oldest first.</param>
    public static (IReadOnlyDictionary<string, IReadOnlyList<DatedRate>> Rates, Rejection? Fault) Read(IEnumerable<string> lines)
    {
        var rates = new SortedDictionary<string, IReadOnlyList<DatedRate>>(StringComparer.Ordinal);
        string[]? header = null;
        List<(DateOnly Day, decimal? Rate)>[] columns = [];
        var days = new HashSet<DateOnly>();
        foreach (var (index, line) in lines.Index())
        {
            if (line.Length == 0)
            {
                continue;
            }

            var cells = line.TrimEnd().TrimEnd(',').Split(',', StringSplitOptions.TrimEntries);
            if (header is null)
            {
                if (cells is not [DateColumn, _, ..] || cells.Skip(1).Any(code => !IsCode(code))
                    || cells.Distinct(StringComparer.Ordinal).Count() != cells.Length)
                {
                    return (rates, Fault(index, "The first line names Date and then currencies, each once."));
                }

                (header, columns) = (cells, [.. cells.Skip(1).Select(_ => new List<(DateOnly, decimal?)>())]);
                continue;
            }

            if (cells.Length != header.Length)
            {
                return (rates, Fault(index, "A line has a cell for each column of the first."));
            }

            if (!DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                || InputRules.Date(day, string.Empty) is not null || !days.Add(day))
            {
                return (rates, Fault(index, "A line begins with a date, YYYY-MM-DD, that no other line has."));
            }

            for (var column = 0; column < columns.Length; column++)
            {
                var cell = cells[column + 1];
                decimal rate = 0;
                if (cell != NotAvailable && (!decimal.TryParse(
                    cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate) || rate <= 0))
                {
                    return (rates, Fault(index, $"'{cell}' is no rate for {header[column + 1]}."));
                }

                columns[column].Add((day, cell == NotAvailable ? null : rate));
            }
        }

        if (header is null)
        {
            return (rates, Fault(0, "There are no rates."));
        }

        for (var column = 0; column < columns.Length; column++)
        {
            rates.Add(header[column + 1], InOrder(columns[column]));
        }

        return (rates, null);
    }

    /// <summary>What is not available is said once, and not before there was anything.</summary>
    private static DatedRate[] InOrder(List<(DateOnly Day, decimal? Rate)> quotes)
    {
        var dated = new List<DatedRate>(quotes.Count);
        foreach (var (day, rate) in quotes.OrderBy(quote => quote.Day))
        {
            if (rate is not null || dated is [.., { Rate: not null }])
            {
                dated.Add(new(day, rate));
            }
        }

        return [.. dated];
    }

    private static bool IsCode(string code) => code.Length == 3 && code.All(char.IsAsciiLetterUpper);

    private static Rejection Fault(int index, string detail) => Rejection.Invalid(
        "bad-rates", string.Create(CultureInfo.InvariantCulture, $"Line {index + 1}: {detail}"), string.Empty);
}
