namespace SalesOps.Domain.Territories;

/// <summary>Adds a territory to the tree.</summary>
public sealed record DefineTerritory(TerritoryDefinition Territory)
{
    public static Decision<TerritoryTreeEvent> Decide(TerritoryTree state, DefineTerritory command) =>
        command.Territory.Fault(string.Empty) is { } fault ? fault
        : state.Find(command.Territory.Id)?.Registered == command.Territory ? Decision<TerritoryTreeEvent>.Nothing
        : Decision<TerritoryTreeEvent>.Accept(new TerritoryTreeEvent.Defined(command.Territory));
}
