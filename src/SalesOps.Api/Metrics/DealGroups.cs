using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary>The groups of deals that may still be open, and what they are called.</summary>
internal sealed class DealGroups
{
    private readonly ClosedDealGrouping _groupBy;
    private readonly Organisation _organisation;
    private readonly IReadOnlyDictionary<string, string>? _products;
    private readonly BusinessCalendar _calendar;
    private readonly DateTimeOffset _validAt;

    private DealGroups(
        ClosedDealGrouping groupBy, Organisation organisation, IReadOnlyDictionary<string, string>? products,
        BusinessCalendar calendar, DateTimeOffset validAt)
    {
        (_groupBy, _organisation, _products, _calendar, _validAt) = (groupBy, organisation, products, calendar, validAt);
    }

    public static async Task<DealGroups> ReadAsync(
        FactReader facts, ClosedDealGrouping groupBy, DateTimeOffset validAt, BusinessCalendar calendar,
        CancellationToken cancellation) => new(
            groupBy, await facts.OrganisationAsync(cancellation),
            groupBy == ClosedDealGrouping.Product ? await facts.ProductNamesAsync(validAt, cancellation) : null,
            calendar, validAt);

    /// <summary>
    /// The keys of a deal: one, unless it has several products. Manager, team and office are those of the owner at the close,
    /// or at the time asked for while it is open.
    /// </summary>
    /// <param name="on">The date that months and quarters are of.</param>
    public IEnumerable<string> KeysOf(DealPath deal, DateOnly on)
    {
        if (_groupBy == ClosedDealGrouping.Product && deal.Products is not [])
        {
            return deal.Products.Select(product => product.Value);
        }

        var owner = _organisation.Find(deal.OwnerId, deal.ClosedOn is { } closedOn ? _calendar.EndOf(closedOn) : _validAt);
        return [ClosedDealKey.Of(_groupBy, on, deal.OwnerId, owner, deal.Source, deal.Competitor) ?? GroupKey.None];
    }

    public string? LabelOf(string key) => _groupBy switch
    {
        ClosedDealGrouping.Owner or ClosedDealGrouping.Manager => _organisation.Find(new RepId(key), _validAt)?.Name,
        ClosedDealGrouping.Product => _products!.GetValueOrDefault(key),
        _ => null,
    };
}
