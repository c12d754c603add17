using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Forecasts;

/// <summary>What the models need to know of a deal while nothing of it changes.</summary>
public sealed record DealMoment(
    DealStatus Status,
    PipelineId PipelineId,
    StageKey Stage,
    Money? Amount,
    RepId? OwnerId,
    ForecastCategory? Category,
    DateOnly? ExpectedClose,
    DateOnly OpenedOn,
    DateOnly? ClosedOn)
{
    /// <summary>Nothing is known of a deal before it is opened.</summary>
    public static DealMoment? Of(Deal deal) => deal.Opening is null
        ? null
        : new(
            deal.Status, deal.PipelineId, deal.Stage, deal.Amount, deal.OwnerId, deal.ForecastCategory, deal.ExpectedClose,
            BusinessCalendar.Utc.DateOf(deal.OpenedAt), deal.ClosedOn);
}

/// <summary>All that was ever known of a deal, by whatever clock of knowledge.</summary>
public sealed record DealPast(DealId Id, IReadOnlyList<KnownRow<DealMoment>> Rows)
{
    /// <summary>What held up to an instant, as known at another, in the order of valid time.</summary>
    public IReadOnlyList<KnownRow<DealMoment>> Path(DateTimeOffset validAt, DateTimeOffset knownAt)
    {
        var path = new List<KnownRow<DealMoment>>();
        foreach (var row in Rows)
        {
            if (row.ValidFrom <= validAt && row.KnownFrom <= knownAt && knownAt < row.KnownTo)
            {
                path.Add(row);
            }
        }

        path.Sort((left, right) => left.ValidFrom.CompareTo(right.ValidFrom));
        return path;
    }
}
