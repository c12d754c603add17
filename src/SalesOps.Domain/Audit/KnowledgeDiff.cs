using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Audit;

/// <summary>What one deal adds to a figure.</summary>
/// <param name="Deals">1 where it counts.</param>
/// <param name="Amount">Absent where it doesn't count or has none.</param>
public readonly record struct DealShare(int Deals, Money? Amount)
{
    /// <summary>Of the open pipeline: what is open.</summary>
    public static DealShare OfPipeline(Deal deal) => deal.Status == DealStatus.Open ? new(1, deal.Amount) : default;

    /// <summary>Of the bookings of a range of dates: what is won and closed in it.</summary>
    public static DealShare OfBookings(Deal deal, Period days) =>
        deal is { Status: DealStatus.Won, ClosedOn: { } on } && days.Contains(on) ? new(1, deal.Amount) : default;
}

/// <summary>A fact that changed what a deal adds to a figure.</summary>
public sealed record FigureCause(Fact<object> Fact, DealShare Before, DealShare After)
{
    /// <summary>By how much in each currency; none of them zero.</summary>
    public IReadOnlyList<Money> Amounts =>
    [
        .. new[] { (Sign: 1, After.Amount), (Sign: -1, Before.Amount) }
            .Where(side => side.Amount is not null)
            .GroupBy(side => side.Amount!.Value.Currency, StringComparer.Ordinal)
            .Select(same => new Money(same.Sum(side => side.Sign * side.Amount!.Value.Amount), same.Key))
            .Where(sum => sum.Amount != 0)
            .OrderBy(sum => sum.Currency, StringComparer.Ordinal),
    ];

    public int Deals => After.Deals - Before.Deals;
}

/// <summary>
/// Why a figure over deals changed between two states of knowledge: fact by fact, in the order in which they were learned.
/// The differences of a deal's facts telescope, so that their sum is the difference of the figure and nothing is left over.
/// </summary>
public static class KnowledgeDiff
{
    /// <summary>The facts of one deal that changed what it adds.</summary>
    /// <param name="facts">The whole stream in the order of versions.</param>
    /// <param name="validAt">The instant that the figure is of.</param>
    /// <param name="knownFrom">What was recorded by then is the first state of knowledge.</param>
    /// <param name="knownTo">What was recorded by then is the second.</param>
    public static IEnumerable<FigureCause> Of(
        IReadOnlyList<Fact<object>> facts, DateTimeOffset validAt, DateTimeOffset knownFrom, DateTimeOffset knownTo,
        Func<Deal, DealShare> shareOf)
    {
        var timeline = Timeline<Deal, DealEvent>.Empty(Deal.Decider)
            .With([.. facts.TakeWhile(fact => fact.RecordedAt <= knownFrom)]);
        var before = shareOf(timeline.At(validAt));
        foreach (var fact in facts.Where(fact => fact.RecordedAt > knownFrom && fact.RecordedAt <= knownTo))
        {
            timeline = timeline.With([fact]);
            var after = shareOf(timeline.At(validAt));
            if (after != before)
            {
                yield return new(fact, before, after);
            }

            before = after;
        }
    }
}
