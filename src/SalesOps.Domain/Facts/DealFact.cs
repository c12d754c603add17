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

    /// <summary>Who is credited on top of the revenue, in percent of it (RULES R14).</summary>
    public ValueList<(RepId RepId, decimal Percent)> Overlays { get; init; }

    /// <summary>How many pieces of its products; 0 without products.</summary>
    public decimal Units { get; init; }

    /// <summary>The stages it came into, in order.</summary>
    public ValueList<StageVisit> Visits { get; init; }

    /// <summary>How often its expected close was moved to a later date.</summary>
    public int Pushes { get; init; }

    public DateOnly? FirstExpectedClose { get; init; }

    /// <summary>The most that it was ever worth, in the currency of its amount.</summary>
    public decimal? PeakAmount { get; init; }

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
            Shares = SharesOf(deal, SplitKind.Revenue),
            Overlays = SharesOf(deal, SplitKind.Overlay),
            Units = deal.Products.Sum(line => line.Quantity),
            Visits = [.. deal.Visits],
            Pushes = deal.Pushes,
            FirstExpectedClose = deal.FirstExpectedClose,
            PeakAmount = deal.PeakAmount,
        };

    private static ValueList<(RepId RepId, decimal Percent)> SharesOf(Deal deal, SplitKind kind) =>
        [.. deal.Splits.Where(split => split.Kind == kind).Select(split => (split.RepId, split.Percent))];
}
