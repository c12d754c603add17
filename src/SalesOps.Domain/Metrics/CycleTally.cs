namespace SalesOps.Domain.Metrics;

/// <summary>
/// The days from creation to close (RULES R8). A deal whose close date lies before its creation has no cycle: it is left
/// out and counted.
/// </summary>
public sealed class CycleTally : IClosedDealTally
{
    // Days by their number: bounded by the length of a cycle, however many deals there are.
    private readonly SortedDictionary<int, long> _deals = [];

    /// <summary>How many deals have a cycle.</summary>
    public long Deals { get; private set; }

    /// <summary>How many closed before they were created.</summary>
    public long Excluded { get; private set; }

    public decimal? Mean => Deals == 0 ? null : _deals.Sum(entry => (decimal)entry.Key * entry.Value) / Deals;

    public decimal? Median => Quantile(0.5m);

    public decimal? P90 => Quantile(0.9m);

    public int? Min => Deals == 0 ? null : _deals.First().Key;

    public int? Max => Deals == 0 ? null : _deals.Last().Key;

    public void Add(ClosedDeal deal, Money? amount)
    {
        var days = deal.ClosedOn.DayNumber - deal.OpenedOn.DayNumber;
        if (days < 0)
        {
            Excluded++;
            return;
        }

        _deals[days] = _deals.GetValueOrDefault(days) + 1;
        Deals++;
    }

    /// <summary>Linear between the two nearest ranks, as <c>percentile_cont</c> of SQL.</summary>
    private decimal? Quantile(decimal share)
    {
        if (Deals == 0)
        {
            return null;
        }

        var place = share * (Deals - 1);
        var below = AtRank((long)decimal.Floor(place));
        var above = AtRank((long)decimal.Ceiling(place));
        return below + ((above - below) * (place - decimal.Floor(place)));
    }

    private decimal AtRank(long rank)
    {
        foreach (var (days, deals) in _deals)
        {
            if (rank < deals)
            {
                return days;
            }

            rank -= deals;
        }

        throw new ArgumentOutOfRangeException(nameof(rank), rank, "There are not so many deals.");
    }
}
