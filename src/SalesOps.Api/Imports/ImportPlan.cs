namespace SalesOps.Api.Imports;

/// <summary>What an import says, read but not decided yet.</summary>
/// <param name="Source">The format or mapping: another source makes other events of the same rows.</param>
/// <param name="References">What deals refer to, in order: pipelines, products, accounts, reps.</param>
/// <param name="Deals">The rows of one deal stand together, in the order of their facts.</param>
/// <param name="Failed">Rows that could not be read.</param>
/// <param name="Observations">What was done by rule or is missing.</param>
internal sealed record ImportPlan(
    string Source,
    IReadOnlyList<ImportRow> References,
    IReadOnlyList<ImportRow> Deals,
    IReadOnlyList<ImportRow> Failed,
    IReadOnlyList<ImportObservation> Observations)
{
    /// <summary>How many rows of files there are.</summary>
    public int Received => References.Count(row => !row.IsImplied) + Deals.Count + Failed.Count;
}
