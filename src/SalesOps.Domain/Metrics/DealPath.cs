using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Metrics;

/// <summary>A deal at an instant with the way that it came, as the metrics of stages need it.</summary>
/// <param name="Category">Its own forecast category, without that of its stage.</param>
/// <param name="Visits">The stages it came into, in order.</param>
/// <param name="Pushes">How often its expected close was moved to a later date.</param>
/// <param name="PeakAmount">The most that it was ever worth, in the currency of its amount.</param>
public sealed record DealPath(
    DealId DealId,
    string Name,
    DealStatus Status,
    PipelineId PipelineId,
    RepId? OwnerId,
    Money? Amount,
    ForecastCategory? Category,
    DateOnly? ExpectedClose,
    DateOnly OpenedOn,
    DateOnly? ClosedOn,
    string? Source,
    string? Competitor,
    IReadOnlyList<ProductId> Products,
    IReadOnlyList<StageVisit> Visits,
    int Pushes,
    DateOnly? FirstExpectedClose,
    decimal? PeakAmount)
{
    /// <summary>The stage it is in, or was in when it closed.</summary>
    public StageKey Stage => Visits[^1].Stage;

    public bool IsClosed => Status is DealStatus.Won or DealStatus.Lost;

    /// <summary>When it first came into a stage; null where it never did.</summary>
    public DateTimeOffset? FirstEntry(StageKey stage)
    {
        foreach (var visit in Visits)
        {
            if (visit.Stage == stage)
            {
                return visit.EnteredAt;
            }
        }

        return null;
    }

    /// <summary>
    /// The whole days that it spent in each stage, visit by visit, up to its close or to another date; they sum to the days
    /// from its first stage to that date (RULES R8).
    /// </summary>
    public IEnumerable<(StageKey Stage, int Days)> StageDays(BusinessCalendar calendar, DateOnly until) =>
        Visits.Select((visit, index) => (
            visit.Stage,
            (index + 1 < Visits.Count ? calendar.DateOf(Visits[index + 1].EnteredAt) : until).DayNumber
                - calendar.DateOf(visit.EnteredAt).DayNumber));
}
