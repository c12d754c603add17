using System.Globalization;
using SalesOps.Api.Imports;
using Spectre.Console;

namespace SalesOps.Api.Cli;

/// <summary>Shows an import in a terminal, or in plain lines where the output goes elsewhere.</summary>
internal static class ImportConsole
{
    private const int MostFailures = 100;

    public static async Task<ImportOutcome> ShowProgressAsync(int rows, Func<Action<int>?, Task<ImportOutcome>> run)
    {
        if (Console.IsOutputRedirected)
        {
            return await run(null);
        }

        ImportOutcome? outcome = null;
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Importing", maxValue: Math.Max(1, rows));
                outcome = await run(done => bar.Value = done);
                bar.Value = bar.MaxValue;
            });
        return outcome!;
    }

    public static void ShowAnswer(ImportAnswer answer, int events, TimeSpan elapsed)
    {
        (string Name, string Value)[] figures =
        [
            ("received", Text(answer.Received)), ("created", Text(answer.Created)), ("unchanged", Text(answer.Unchanged)),
            ("failed", Text(answer.Failed)), ("events", Text(events)), ("position", Text(answer.Position)),
            ("seconds", elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
        ];
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(string.Join(", ", figures.Select(figure => $"{figure.Name} {figure.Value}")));
        }
        else
        {
            var table = new Table().Border(TableBorder.Rounded);
            foreach (var figure in figures)
            {
                table.AddColumn(new TableColumn(figure.Name).RightAligned());
            }

            AnsiConsole.Write(table.AddRow([.. figures.Select(figure => figure.Value)]));
        }

        foreach (var seen in answer.Observations)
        {
            Console.WriteLine($"{Text(seen.Rows)} × {seen.File} {seen.Code}: {seen.Detail}");
        }

        foreach (var row in answer.Rows.Where(row => row.Problem is not null).Take(MostFailures))
        {
            var column = row.Problem!.Column is { } name ? $" ({name})" : string.Empty;
            Console.WriteLine($"{row.File}:{Text(row.Row)} {row.Problem.Code}{column}: {row.Problem.Detail}");
        }

        if (answer.Failed > MostFailures)
        {
            Console.WriteLine($"… and {Text(answer.Failed - MostFailures)} more failed.");
        }
    }

    public static void ShowError(string text) => Console.Error.WriteLine(text);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
