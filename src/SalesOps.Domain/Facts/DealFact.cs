using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a deal.</summary>
/// <param name="Category">The deal's own forecast category, without that of its stage.</param>
/// <param name="OpenedOn">The business date on which the cycle starts.</param>
/// <param name="Products">The amount by product.</param>
public sealed record DealFact(
    DealStatus Status,
    string Name,
    PipelineId PipelineId,
    StageKey Stage,
    Money? Amount,
    RepId? OwnerId,
    AccountId? AccountId,
    ForecastCategory? Category,
    DateOnly? ExpectedClose,
    DateOnly OpenedOn,
    DateOnly? ClosedOn,
    string? Source,
    string? Competitor,
    string? LossReason,
    ValueList<(ProductId ProductId, Money? Amount)> Products)
{
    /// <summary>Who shares the revenue, in percent that sum to 100; empty where all of it is the owner's (RULES R14).</summary>
    public ValueList<(RepId RepId, decimal Percent)> Shares { get; init; }

    /// <summary>Who has a share on top of the revenue (RULES R14).</summary>
    public ValueList<string> Overlays { get; init; }

    /// <summary>How many pieces of its products; 0 without products.</summary>
    public decimal Units { get; init; }

    /// <summary>Nothing is kept of a deal before it is opened.</summary>
    public static DealFact? Of(Deal deal) => deal.Opening is null
        ? null
        : new(
            deal.Status,
            deal.Name,
            deal.PipelineId,
            deal.Stage,
            deal.Amount,
            deal.OwnerId,
            deal.AccountId,
            deal.ForecastCategory,
            deal.ExpectedClose,
            BusinessCalendar.Utc.DateOf(deal.OpenedAt),
            deal.ClosedOn,
            deal.Source,
            deal.Competitor,
            deal.LossReason,
            [.. deal.AmountByProduct()])
        {
            Shares =
            [
                .. deal.Splits.Where(split => split.Kind == SplitKind.Revenue).Select(split => (split.RepId, split.Percent)),
            ],
            Overlays = [.. deal.Splits.Where(split => split.Kind != SplitKind.Revenue).Select(split => split.RepId.Value)],
            Units = deal.Products.Sum(line => line.Quantity),
        };
}
