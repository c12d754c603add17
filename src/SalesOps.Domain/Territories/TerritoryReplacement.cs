namespace SalesOps.Domain.Territories;

/// <summary>What may stand in the place of a fact of the tree that is taken back.</summary>
public static class TerritoryReplacement
{
    /// <summary>Decides the fact anew by the tree at its time, without the one it replaces.</summary>
    /// <param name="model">The model that is activated, where one is; it stays as it was drafted.</param>
    public static Decision<TerritoryTreeEvent> Decide(
        TerritoryTree state, TerritoryTreeEvent replacement, TerritoryModel? model) => replacement switch
        {
            TerritoryTreeEvent.Defined e => Fault(e.Territory.Rules, "/territory/rules") is { } fault
                ? fault
                : DefineTerritory.Decide(state, new(e.Territory)).In("/territory"),
            TerritoryTreeEvent.RulesChanged e => Fault(e.Rules, "/rules") is { } fault
                ? fault
                : ChangeTerritory.Rules(state, e.TerritoryId, e.Rules),
            TerritoryTreeEvent.Moved e => ChangeTerritory.Parent(state, e.TerritoryId, e.ParentId),
            TerritoryTreeEvent.GoalChanged e => ChangeTerritory.Goal(state, e.TerritoryId, e.Goal),
            TerritoryTreeEvent.Retired e => ChangeTerritory.Retire(state, e.TerritoryId),
            TerritoryTreeEvent.ModelActivated e when model is not null => ActivateTerritoryModel.Decide(state, new(e.ModelId, model)),
            _ => Decision<TerritoryTreeEvent>.Nothing,
        };

    private static Rejection? Fault(IReadOnlyList<TerritoryRule>? rules, string pointer) => RuleText.Read(
        [
            .. (rules ?? []).Select(rule =>
                new RuleText(EnumName<TerritoryField>.Of(rule.Field), EnumName<TerritoryOp>.Of(rule.Op), rule.Values)),
        ],
        pointer).Rejection;
}
