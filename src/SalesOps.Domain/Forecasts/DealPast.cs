using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Forecasts;

/// <summary>What the models need to know of a deal while nothing of it changes.</summary>
/// <param name="Visits">The stages that it came into so far, in order; only what is closed is asked for them.</param>
public sealed record DealMoment(
    DealStatus Status,
    PipelineId PipelineId,
    StageKey Stage,
    Money? Amount,
    RepId? OwnerId,
    ForecastCategory? Category,
    DateOnly? ExpectedClose,
    DateOnly OpenedOn,
    DateOnly? ClosedOn,
    ValueList<StageVisit> Visits)
{
    /// <summary>Nothing is known of a deal before it is opened.</summary>
    public static DealMoment? Of(Deal deal) => deal.Opening is null
        ? null
        : new(
            deal.Status, deal.PipelineId, deal.Stage, deal.Amount, deal.OwnerId, deal.ForecastCategory, deal.ExpectedClose,
            BusinessCalendar.Utc.DateOf(deal.OpenedAt), deal.ClosedOn,
            deal.Status == DealStatus.Open ? [] : [.. deal.Visits]);
}

/// <summary>All that was ever known of a deal, by whatever clock of knowledge.</summary>
public sealed record DealPast(DealId Id, IReadOnlyList<KnownRow<DealMoment>> Rows)
{
    /// <summary>What held at an instant, as known at another; null where there was no deal.</summary>
    public DealMoment? At(DateTimeOffset validAt, DateTimeOffset knownAt)
    {
        foreach (var row in Rows)
        {
            if (row.ValidFrom <= validAt && validAt < row.ValidTo && row.KnownFrom <= knownAt && knownAt < row.KnownTo)
            {
                return row.Row;
            }
        }

        return null;
    }
}
