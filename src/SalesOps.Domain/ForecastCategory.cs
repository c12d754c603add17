namespace SalesOps.Domain;

/// <summary>How sure the team is of a deal (RULES R2). Closed is what was won.</summary>
public enum ForecastCategory
{
    Omitted,
    Pipeline,
    BestCase,
    MostLikely,
    Commit,
    Closed,
}
