namespace SalesOps.Domain.Metrics;

/// <summary>Counts closed deals up, one by one.</summary>
public interface IClosedDealTally
{
    /// <summary>Counts a deal in.</summary>
    /// <param name="amount">What of the deal's amount falls to the group.</param>
    void Add(ClosedDeal deal, Money? amount);
}

/// <summary>
/// Hands closed deals to the tallies of their groups. Manager, team and office are those in force at the end of the day
/// on which the deal closed; a deal with several products counts for each, with its share of the amount.
/// </summary>
public sealed class ClosedDealGroups<TTally>(
    ClosedDealGrouping? groupBy, Organisation organisation, BusinessCalendar calendar)
    where TTally : IClosedDealTally, new()
{
    private readonly SortedDictionary<string, TTally> _tallies = new(StringComparer.Ordinal);

    /// <summary>The groups in the order of their keys; one that is empty where nothing was to be grouped.</summary>
    public IReadOnlyList<(string Key, TTally Tally)> Items => groupBy is null && _tallies.Count == 0
        ? [(GroupKey.All, new TTally())]
        : [.. _tallies.Select(entry => (entry.Key, entry.Value))];

    public void Add(ClosedDeal deal)
    {
        if (groupBy == ClosedDealGrouping.Product && deal.Products is not [])
        {
            foreach (var (product, amount) in deal.Products)
            {
                Add(product.Value, deal, amount);
            }
        }
        else
        {
            var key = groupBy is { } grouping
                ? ClosedDealKey.Of(grouping, deal.ClosedOn, deal.OwnerId, OwnerOf(deal), deal.Source, deal.Competitor)
                : GroupKey.All;
            Add(key ?? GroupKey.None, deal, deal.Amount);
        }
    }

    private void Add(string key, ClosedDeal deal, Money? amount)
    {
        if (!_tallies.TryGetValue(key, out var tally))
        {
            _tallies[key] = tally = new TTally();
        }

        tally.Add(deal, amount);
    }

    private Facts.RepFact? OwnerOf(ClosedDeal deal) =>
        groupBy is ClosedDealGrouping.Manager or ClosedDealGrouping.Team or ClosedDealGrouping.Office
            ? organisation.Find(deal.OwnerId, calendar.EndOf(deal.ClosedOn))
            : null;
}
