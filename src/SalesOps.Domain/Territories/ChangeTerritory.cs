namespace SalesOps.Domain.Territories;

/// <summary>What changes a territory that is there.</summary>
public static class ChangeTerritory
{
    public static Decision<TerritoryTreeEvent> Rules(TerritoryTree state, TerritoryId id, IReadOnlyList<TerritoryRule> rules) =>
        Of(state, id, new TerritoryTreeEvent.RulesChanged(id, rules));

    /// <param name="parentId">Absent for one at the top.</param>
    public static Decision<TerritoryTreeEvent> Parent(TerritoryTree state, TerritoryId id, TerritoryId? parentId) =>
        Of(state, id, new TerritoryTreeEvent.Moved(id, parentId));

    /// <param name="goal">Absent for none any more.</param>
    public static Decision<TerritoryTreeEvent> Goal(TerritoryTree state, TerritoryId id, TerritoryGoal? goal) =>
        MoneyRules.Check(goal?.Amount, "goal", "/goal") is { } fault
            ? fault
            : Of(state, id, new TerritoryTreeEvent.GoalChanged(id, goal));

    /// <summary>A territory that has been retired already is told from one that never was by its history, not here.</summary>
    public static Decision<TerritoryTreeEvent> Retire(TerritoryTree state, TerritoryId id) =>
        Of(state, id, new TerritoryTreeEvent.Retired(id));

    /// <summary>A change that makes no difference is none.</summary>
    private static Decision<TerritoryTreeEvent> Of(TerritoryTree state, TerritoryId id, TerritoryTreeEvent change) =>
        state.Find(id) switch
        {
            null => Rejection.NotFound("territory", id.Value),
            var territory when territory == Territory.Next(territory, id, change) => Decision<TerritoryTreeEvent>.Nothing,
            _ => Decision<TerritoryTreeEvent>.Accept(change),
        };
}
