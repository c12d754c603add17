using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Metrics;

/// <summary>What the metrics need of a deal that was won or lost.</summary>
public sealed record ClosedDeal(
    DealStatus Status,
    DateOnly OpenedOn,
    DateOnly ClosedOn,
    RepId? OwnerId,
    Money? Amount,
    string? Source,
    string? Competitor,
    IReadOnlyList<(ProductId ProductId, Money? Amount)> Products);

/// <summary>What closed deals are grouped by.</summary>
public enum ClosedDealGrouping
{
    Quarter,
    Month,
    Owner,
    Manager,
    Team,
    Office,
    Product,
    Source,
    Competitor,
}
