namespace SalesOps.Api.Imports;

/// <summary>
/// Counts what an import did by rule or found missing, so that nothing is repaired or left out silently.
/// </summary>
internal sealed class Observations
{
    private readonly Dictionary<(string File, string Code, string? Column, string Detail), int> counts = [];

    /// <param name="file">The file it was seen in.</param>
    /// <param name="code">Stable and kebab-case, for programs.</param>
    /// <param name="column">The column it was seen in, where it is one.</param>
    /// <param name="detail">A sentence for people, the same for every row that it counts.</param>
    /// <param name="rows">How many rows.</param>
    public void Note(string file, string code, string? column, string detail, int rows = 1)
    {
        var key = (file, code, column, detail);
        counts[key] = counts.GetValueOrDefault(key) + rows;
    }

    /// <summary>In the order in which they were first seen.</summary>
    public IReadOnlyList<ImportObservation> ToList() =>
        [.. counts.Select(entry => new ImportObservation(entry.Key.File, entry.Key.Code, entry.Key.Column, entry.Key.Detail, entry.Value))];
}

/// <summary>Something that was seen in an import, and in how many rows.</summary>
internal sealed record ImportObservation(string File, string Code, string? Column, string Detail, int Rows);
