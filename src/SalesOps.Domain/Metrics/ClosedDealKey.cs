using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Metrics;

/// <summary>The group of a deal that is in one group only.</summary>
public static class ClosedDealKey
{
    /// <param name="on">The date that months and quarters are of.</param>
    /// <param name="owner">Where the owner belonged then.</param>
    /// <returns>Null where the deal has no value to be grouped by.</returns>
    public static string? Of(
        ClosedDealGrouping groupBy, DateOnly on, RepId? ownerId, RepFact? owner, string? source, string? competitor) => groupBy switch
        {
            ClosedDealGrouping.Quarter => Period.QuarterOf(on).QuarterKey,
            ClosedDealGrouping.Month => Period.MonthOf(on).MonthKey,
            ClosedDealGrouping.Owner => ownerId?.Value,
            ClosedDealGrouping.Manager => owner?.ManagerId?.Value,
            ClosedDealGrouping.Team => owner?.Team,
            ClosedDealGrouping.Office => owner?.Office,
            ClosedDealGrouping.Source => source,
            ClosedDealGrouping.Competitor => competitor,
            _ => null,
        };
}
