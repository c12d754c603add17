using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Metrics;

/// <summary>
/// Money per day that goes through the pipeline: n · win rate · average deal ÷ cycle in days (RULES R4). The win rate is
/// won ÷ (won + lost) by count, the average deal and the cycle are those of won deals.
/// </summary>
public sealed class Velocity : IClosedDealTally
{
    private readonly WinTally _wins = new();
    private readonly BookingsTally _bookings = new();
    private readonly CycleTally _cycles = new();

    /// <summary>Qualified open deals: those that are not omitted from the forecast.</summary>
    public long Opportunities { get; set; }

    public Ratio WinRate => _wins.RateByCount;

    public Money? AverageDeal => _bookings.Average;

    public DayStatistics Cycle => _cycles.Days;

    /// <summary>Rounded once to the currency.</summary>
    /// <param name="byMedian">Whether by the median of cycles instead of the mean.</param>
    public (Money? PerDay, string? Reason) PerDay(bool byMedian) =>
        (_bookings.ExactAverage, WinRate.Value, byMedian ? Cycle.Median : Cycle.Mean) switch
        {
            (null, _, _) => (null, _bookings.Reason),
            (_, null, _) or (_, _, null or 0) => (null, Ratio.NoDenominator),
            ({ } average, { } rate, { } days) =>
                ((average with { Amount = Opportunities * rate * average.Amount / days }).Rounded(), null),
        };

    public void Add(ClosedDeal deal, Money? amount)
    {
        _wins.Add(deal, amount);
        if (deal.Status == DealStatus.Won)
        {
            _bookings.Add(deal, amount);
            _cycles.Add(deal, amount);
        }
    }
}
