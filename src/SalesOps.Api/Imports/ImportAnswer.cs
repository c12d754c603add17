namespace SalesOps.Api.Imports;

/// <summary>What an import comes to.</summary>
/// <param name="Received">Rows of files; the sum of the other three.</param>
/// <param name="Position">How far the log is: a read that has reached it shows what the import did.</param>
/// <param name="Rows">By file and line.</param>
/// <param name="Observations">What was done by rule or is missing.</param>
internal sealed record ImportAnswer(
    int Received,
    int Created,
    int Unchanged,
    int Failed,
    long Position,
    IReadOnlyList<RowResult> Rows,
    IReadOnlyList<ImportObservation> Observations)
{
    /// <summary>Rows that failed are in the answer whatever it leaves out.</summary>
    public static ImportAnswer Of(ImportPlan plan, IEnumerable<RowResult> decided, long position, bool failuresOnly)
    {
        var results = decided.Concat(plan.Failed.Select(row => RowResult.Failed(row, row.Problem!))).ToArray();
        var rows = results.Where(row => !row.IsImplied).ToArray();
        // What is implied has no row to carry its problem.
        var observations = results.Where(row => row is { IsImplied: true, Problem: not null })
            .Select(row => new ImportObservation(row.File, row.Problem!.Code, null, row.Problem.Detail, 0));
        var named = rows.Where(row => !failuresOnly || row.Status == RowStatus.Failed)
            .OrderBy(row => row.File, StringComparer.Ordinal).ThenBy(row => row.Row);
        return new ImportAnswer(
            rows.Length, Count(RowStatus.Created), Count(RowStatus.Unchanged), Count(RowStatus.Failed), position,
            [.. named], [.. plan.Observations, .. observations]);

        int Count(RowStatus status) => rows.Count(row => row.Status == status);
    }

    /// <summary>The same with nothing recorded: what would be new is not.</summary>
    public ImportAnswer Withdrawn() => this with
    {
        Created = 0,
        Unchanged = Unchanged + Created,
        Rows = [.. Rows.Select(row => row.Status == RowStatus.Created ? row with { Status = RowStatus.Unchanged } : row)],
    };
}
