using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Territories;
using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>The facts of territories, each of which has its part in the one stream of the tree.</summary>
internal sealed class TerritoryFactKind() : FactKind<Territory?, TerritoryTreeEvent, TerritoryFact>(
    new(StreamKinds.TerritoryTrees.Category, id => Territory.DeciderOf(new(id))), TerritoryFact.Of, new TerritoryFactTable())
{
    /// <summary>Always of the whole stream: changes of a tree are few, so no history of it is kept.</summary>
    protected override List<(string Tenant, string Id, KnownRow<TerritoryFact> Row)> RowsOf(
        IReadOnlyList<RecordedEvent> stream, DateTimeOffset since, KeptHistories? kept)
    {
        if (stream[0].Version != 1)
        {
            throw new InvariantViolationException($"The stream {stream[0].Stream} begins at version {stream[0].Version}.");
        }

        return
        [
            .. HistoriesOf([.. stream.Select(EventEncoding.ToFact)]).SelectMany(history => RowsOf(
                new(Territory.DeciderOf(history.Key), TerritoryFact.Of), history.Value, stream[0].Tenant, history.Key.Value, since)),
        ];
    }

    private static Dictionary<TerritoryId, List<Fact<object>>> HistoriesOf(IReadOnlyList<Fact<object>> facts)
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

        return histories;
    }
}
