namespace SalesOps.Domain.Territories;

/// <summary>What is wrong with a tree of territories before any account is looked at.</summary>
public static class TerritoryLint
{
    /// <summary>
    /// The territories that no account can ever belong to, since their rules contradict each other or those above them,
    /// and the field on which they do; in the order of ids.
    /// </summary>
    public static IReadOnlyList<(TerritoryId Id, TerritoryField Field)> Unreachable(TerritoryMap map) =>
    [
        .. map.Territories.Keys.OrderBy(id => id.Value, StringComparer.Ordinal)
            .Select(id => (id, Field: ContradictionIn([.. map.RulesOf(id)])))
            .Where(found => found.Field is not null)
            .Select(found => (found.id, found.Field!.Value)),
    ];

    private static TerritoryField? ContradictionIn(IReadOnlyList<TerritoryRule> rules) => rules
        .GroupBy(rule => rule.Field)
        .OrderBy(field => field.Key)
        .Where(field => TerritoryRule.IsNumber(field.Key) ? NumberRange.Of(field)!.IsEmpty : IsEmpty(field.Key, [.. field]))
        .Select(field => (TerritoryField?)field.Key)
        .FirstOrDefault();

    private static bool IsEmpty(TerritoryField field, IReadOnlyList<TerritoryRule> rules)
    {
        var comparer = TerritoryRule.ComparerOf(field);
        return rules.FirstOrDefault(rule => rule.Op == TerritoryOp.In) is { } first
            && !first.Values.Any(value =>
                rules.All(rule => rule.Values.Contains(value, comparer) == (rule.Op == TerritoryOp.In)));
    }
}
