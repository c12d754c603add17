using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Metrics;

/// <summary>What the metrics need of a deal that was won or lost, or of several that are alike in it.</summary>
public sealed record ClosedDeal(
    DealStatus Status,
    DateOnly OpenedOn,
    DateOnly ClosedOn,
    RepId? OwnerId,
    Money? Amount,
    string? Source,
    string? Competitor,
    IReadOnlyList<(ProductId ProductId, Money? Amount)> Products)
{
    /// <summary>How many; of several the amount is the sum, and either all have one or none.</summary>
    public long Deals { get; init; } = 1;
}

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
