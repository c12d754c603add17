namespace SalesOps.Api.Imports;

/// <summary>A row of an import file and what it states.</summary>
/// <param name="Line">The physical line that it begins on.</param>
/// <param name="Id">The id of what it is about, where that could be read.</param>
/// <param name="Steps">In the order in which they are decided; empty where the row states nothing new or has failed.</param>
internal sealed record ImportRow(string File, int Line, string? Id, IReadOnlyList<ImportStep> Steps)
{
    /// <summary>Why the row could not be read.</summary>
    public RowProblem? Problem { get; init; }

    /// <summary>No row of a file but what rows need beside themselves: a pipeline, a manager; counted nowhere.</summary>
    public bool IsImplied { get; init; }

    /// <summary>Rows of one subject are decided together and stand in one append.</summary>
    public string Subject => Steps is [.., var last] ? last.Stream : string.Empty;
}
