using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Facts;

/// <summary>The facts of territories, each of which has its part in the one stream of the tree.</summary>
internal sealed class TerritoryFactKind() : FactKind<Territory?, TerritoryTreeEvent, TerritoryFact>(
    new(StreamKinds.TerritoryTrees.Category, id => Territory.DeciderOf(new(id))), TerritoryFact.Of, new TerritoryFactTable())
{
    protected override IEnumerable<(string Id, IReadOnlyList<Fact<object>> Facts)> HistoriesOf(
        string id, IReadOnlyList<Fact<object>> facts)
    {
        var histories = facts.Select(fact => fact.Event).OfType<TerritoryTreeEvent>()
            .SelectMany(Territory.ConcernedBy).Distinct()
            .ToDictionary(territory => territory, _ => new List<Fact<object>>());
        foreach (var fact in facts)
        {
            // A model says of every territory that isn't in it that it is no more, and what is taken back may be of any.
            var concerned = fact is { Voids: [], Event: TerritoryTreeEvent and not TerritoryTreeEvent.ModelActivated }
                ? Territory.ConcernedBy((TerritoryTreeEvent)fact.Event)
                : histories.Keys;
            foreach (var territory in concerned)
            {
                histories[territory].Add(fact);
            }
        }

        return histories.Select(history => (history.Key.Value, (IReadOnlyList<Fact<object>>)history.Value));
    }
}
