using SalesOps.Api.Imports.Csv;

namespace SalesOps.Api.Imports;

/// <summary>Gathers what the readers find and puts it into the order in which it is decided.</summary>
internal sealed class PlanBuilder(string source)
{
    private static readonly string[] ReferenceOrder = ["pipeline", "product", "account", "rep", "contacts", "lead"];

    private readonly Dictionary<string, ImportRow> implied = new(StringComparer.Ordinal);
    private readonly List<ImportRow> rows = [];
    private readonly List<ImportRow> failed = [];

    public Observations Observations { get; } = new();

    /// <summary>What a row needs beside itself. The first one of a stream counts; a row of its own wins over it.</summary>
    public void Imply(string file, int line, ImportStep step) =>
        implied.TryAdd(step.Stream, new ImportRow(file, line, step.Id, [step]) { IsImplied = true });

    public void Add(ImportRow row) => rows.Add(row);

    /// <summary>Says so when the last line of a file may have been cut off.</summary>
    public void NoteCutOff(CsvTable table)
    {
        if (table.IsCutOff)
        {
            Observations.Note(
                table.File, "last-line-open", null, "No line break ends the file: its last value may be cut off.");
        }
    }

    /// <summary>Adds the row, or its fault if one of its values could not be read.</summary>
    public void Add(CsvCells cells, string? id, IReadOnlyList<ImportStep> steps)
    {
        if (cells.Fault is { } fault)
        {
            failed.Add(new ImportRow(cells.File, cells.Line, id, []) { Problem = RowProblem.Of(fault, cells.Line) });
        }
        else
        {
            cells.AddNotesTo(Observations);
            rows.Add(new ImportRow(cells.File, cells.Line, id, steps));
        }
    }

    public ImportPlan Build()
    {
        var own = rows.SelectMany(row => row.Steps).Select(step => step.Stream).ToHashSet(StringComparer.Ordinal);
        var references = implied.Where(entry => !own.Contains(entry.Key)).Select(entry => entry.Value)
            .Concat(rows.Where(IsReference))
            .OrderBy(row => Array.IndexOf(ReferenceOrder, row.Steps[^1].Category));
        var deals = rows.Where(row => !IsReference(row)).GroupBy(row => row.Subject, StringComparer.Ordinal).SelectMany(group => group);
        return new ImportPlan(source, [.. references], [.. deals], failed, Observations.ToList());
    }

    private static bool IsReference(ImportRow row) => row.Steps is [.., { Category: not "deal" }];
}
