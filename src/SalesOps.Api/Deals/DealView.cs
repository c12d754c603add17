using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary>A deal as clients see it, at one instant of both times.</summary>
internal sealed record DealView(
    string Id,
    long Version,
    string Name,
    DealStatus Status,
    string PipelineId,
    string Stage,
    Money? Amount,
    string? OwnerId,
    string? AccountId,
    string? LeadId,
    string? Source,
    DateTimeOffset OpenedAt,
    DateOnly? ExpectedClose,
    DateOnly? ClosedOn,
    ForecastCategory? ForecastCategory,
    string? LossReason,
    string? Competitor,
    IReadOnlyList<SplitView> Splits,
    IReadOnlyList<ProductLineView> Products,
    AsOfView? AsOf)
{
    public static DealView Of(string id, long version, Deal deal, AsOfView? asOf) => new(
        id, version, deal.Name, deal.Status, deal.PipelineId.Value, deal.Stage.Value, deal.Amount, deal.OwnerId?.Value,
        deal.AccountId?.Value, deal.LeadId?.Value, deal.Source, deal.OpenedAt, deal.ExpectedClose, deal.ClosedOn,
        deal.ForecastCategory, deal.LossReason, deal.Competitor,
        [.. deal.Splits.Select(split => new SplitView(split.RepId.Value, split.Percent, split.Kind))],
        [.. deal.Products.Select(line => new ProductLineView(line.ProductId.Value, line.Quantity, line.Price))],
        asOf);
}

internal sealed record SplitView(string RepId, decimal Percent, SplitKind Kind);

internal sealed record ProductLineView(string ProductId, decimal Quantity, Money? Price);
