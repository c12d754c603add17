using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Timeouts;
using SalesOps.Domain;

namespace SalesOps.Api.Http;

/// <summary>A column of a CSV answer: its name and how a row fills it.</summary>
internal sealed record CsvColumn<TRow>(string Name, Func<TRow, string?> Write)
{
    /// <summary>Text that a spreadsheet might take for a formula is guarded by a leading apostrophe.</summary>
    public static CsvColumn<TRow> Text(string name, Func<TRow, string?> value) => new(name, row => Guarded(value(row)));

    /// <summary>A number is never guarded: a minus is a minus.</summary>
    public static CsvColumn<TRow> Number(string name, Func<TRow, decimal?> value) =>
        new(name, row => value(row)?.ToString(CultureInfo.InvariantCulture));

    /// <summary>The amount alone; the currency has a column of its own.</summary>
    public static CsvColumn<TRow> Amount(string name, Func<TRow, Money?> value) =>
        new(name, row => value(row)?.Rounded().AmountText());

    /// <summary>A rate, a ratio or a statistic of days.</summary>
    public static CsvColumn<TRow> Ratio(string name, Func<TRow, decimal?> value) =>
        new(name, row => value(row) is { } ratio ? RatioText.Write(ratio) : null);

    public static CsvColumn<TRow> Date(string name, Func<TRow, DateOnly?> value) =>
        new(name, row => value(row) is { } date ? DateText.Write(date) : null);

    public static CsvColumn<TRow> Instant(string name, Func<TRow, DateTimeOffset?> value) =>
        new(name, row => value(row) is { } instant ? InstantText.Write(instant) : null);

    private static string? Guarded(string? text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
}

/// <summary>Rows as CSV by RFC 4180, with a header row, written while they are read.</summary>
internal sealed class Csv<TRow>(IReadOnlyList<CsvColumn<TRow>> columns, IAsyncEnumerable<TRow> rows) : IResult
{
    private const int FlushAt = 32 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Bounded by what is asked for; a client that does not read is cut off by the server.
        httpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        httpContext.Response.ContentType = "text/csv; charset=utf-8; header=present";
        var text = new StringBuilder();
        WriteRow(text, columns.Select(column => column.Name));
        await foreach (var row in rows.WithCancellation(httpContext.RequestAborted))
        {
            WriteRow(text, columns.Select(column => column.Write(row)));
            if (text.Length >= FlushAt)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            await httpContext.Response.WriteAsync(text.ToString(), httpContext.RequestAborted);
            text.Clear();
        }
    }

    private static void WriteRow(StringBuilder text, IEnumerable<string?> cells) =>
        text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private static string? Quoted(string? cell) => cell is not null && cell.AsSpan().ContainsAny("\",\r\n")
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
