using System.Text.Json.Serialization;

namespace SalesOps.Api.Imports;

/// <summary>What became of a row.</summary>
internal enum RowStatus
{
    /// <summary>It stated something new, and that is recorded.</summary>
    Created,

    /// <summary>All that it states was known.</summary>
    Unchanged,

    /// <summary>It could not be read, or was refused; nothing of it is recorded.</summary>
    Failed,
}

/// <summary>A row in the answer of an import.</summary>
/// <param name="File">Its file.</param>
/// <param name="Row">The physical line that it begins on; the header is on line 1.</param>
/// <param name="Id">Of what it is about; absent where it failed.</param>
/// <param name="Problem">Why it failed.</param>
internal sealed record RowResult(string File, int Row, RowStatus Status, string? Id, RowProblem? Problem)
{
    /// <summary>No row of a file, but something implied by rows: not in the answer unless it failed.</summary>
    [JsonIgnore]
    public bool IsImplied { get; init; }

    public static RowResult Created(ImportRow row) => Of(row, RowStatus.Created);

    public static RowResult Unchanged(ImportRow row) => Of(row, RowStatus.Unchanged);

    public static RowResult Failed(ImportRow row, RowProblem problem) =>
        new(row.File, row.Line, RowStatus.Failed, null, problem) { IsImplied = row.IsImplied };

    private static RowResult Of(ImportRow row, RowStatus status) =>
        new(row.File, row.Line, status, row.Id, null) { IsImplied = row.IsImplied };
}
