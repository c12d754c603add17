using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary>A territory as clients see it.</summary>
/// <param name="Version">That of the tree, for every change of the tree may change what the territory covers.</param>
/// <param name="EffectiveRules">Its own and those of all territories above it, from the top.</param>
/// <param name="Parts">The territories right below it; one without is a leaf, to which accounts belong.</param>
/// <param name="ModelId">The model that it came with.</param>
internal sealed record TerritoryView(
    string Id,
    long? Version,
    string Name,
    string? ParentId,
    IReadOnlyList<RuleBody> Rules,
    IReadOnlyList<RuleBody> EffectiveRules,
    IReadOnlyList<string> Parts,
    IReadOnlyList<TerritoryRepBody> Reps,
    Money? Goal,
    GoalPeriod? GoalPeriod,
    string? ModelId,
    AsOfView? AsOf)
{
    public static TerritoryView Of(
        TerritoryDefinition territory, TerritoryModelId? modelId, TerritoryMap map, IEnumerable<TerritoryRep> reps,
        long? version, AsOfView? asOf) => new(
        territory.Id.Value, version, territory.Name, territory.ParentId?.Value, RuleBody.Of(territory.Rules),
        RuleBody.Of([.. map.RulesOf(territory.Id)]), [.. map.PartsOf(territory.Id).Select(part => part.Value)],
        [.. reps.Select(TerritoryRepBody.Of)], territory.Goal?.Amount, territory.Goal?.Period, modelId?.Value, asOf);
}
