namespace SalesOps.Domain.Metrics;

/// <summary>
/// The days from creation to close (RULES R8). A deal whose close date lies before its creation has no cycle: it is left
/// out and counted.
/// </summary>
public sealed class CycleTally : IClosedDealTally
{
    /// <summary>Of the deals that have a cycle.</summary>
    public DayStatistics Days { get; } = new();

    /// <summary>How many closed before they were created.</summary>
    public long Excluded { get; private set; }

    public void Add(ClosedDeal deal, Money? amount)
    {
        var days = deal.ClosedOn.DayNumber - deal.OpenedOn.DayNumber;
        if (days < 0)
        {
            Excluded++;
        }
        else
        {
            Days.Add(days);
        }
    }
}
