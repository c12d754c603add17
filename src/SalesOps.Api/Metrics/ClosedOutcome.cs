using SalesOps.Domain.Deals;

namespace SalesOps.Api.Metrics;

/// <summary>Which closed deals a metric is of.</summary>
internal enum ClosedOutcome
{
    Won,
    Lost,
    Closed,
}

internal static class ClosedOutcomes
{
    public static DealStatus[] Statuses(this ClosedOutcome outcome) => outcome switch
    {
        ClosedOutcome.Won => [DealStatus.Won],
        ClosedOutcome.Lost => [DealStatus.Lost],
        _ => [DealStatus.Won, DealStatus.Lost],
    };

    public static bool Has(this ClosedOutcome outcome, DealStatus status) => outcome.Statuses().Contains(status);
}
