using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary>A rule as clients write it.</summary>
/// <param name="Field">country, region, industry, segment, buyingProcess, account, employees or revenue.</param>
/// <param name="Op">in or notIn for texts and ids; atLeast, below or between (half-open) for numbers.</param>
/// <param name="Values">Texts, ids of accounts, or numbers; a bound of revenue may have a currency after it.</param>
internal sealed record RuleBody(string Field, string Op, IReadOnlyList<string> Values)
{
    public static (IReadOnlyList<TerritoryRule> Rules, Rejection? Rejection) Read(
        IReadOnlyList<RuleBody>? bodies, string pointer = "/rules") =>
        RuleText.Read([.. (bodies ?? []).Select(body => new RuleText(body.Field, body.Op, body.Values))], pointer);

    public static IReadOnlyList<RuleBody> Of(IReadOnlyList<TerritoryRule>? rules) =>
    [
        .. (rules ?? []).Select(rule => new RuleBody(
            EnumName<TerritoryField>.Of(rule.Field), EnumName<TerritoryOp>.Of(rule.Op), rule.Values)),
    ];
}

/// <summary>A territory of a model.</summary>
/// <param name="GoalPeriod">What the goal is for; a year unless told otherwise.</param>
internal sealed record TerritoryBody(
    TerritoryId Id, string Name, TerritoryId? ParentId, IReadOnlyList<RuleBody>? Rules, Money? Goal, GoalPeriod? GoalPeriod)
{
    public (TerritoryDefinition? Territory, Rejection? Rejection) Read(string pointer)
    {
        var (rules, rejection) = RuleBody.Read(Rules, pointer + "/rules");
        return rejection is null ? (new(Id, Name, ParentId, rules, GoalOf(Goal, GoalPeriod)), null) : (null, rejection);
    }

    public static TerritoryGoal? GoalOf(Money? goal, GoalPeriod? period) =>
        goal is { } amount ? new(amount, period ?? Domain.Territories.GoalPeriod.Year) : null;

    public static TerritoryBody Of(TerritoryDefinition territory) => new(
        territory.Id, territory.Name, territory.ParentId, RuleBody.Of(territory.Rules), territory.Goal?.Amount,
        territory.Goal?.Period);
}

/// <summary>A rep of a territory.</summary>
/// <param name="Share">How much of the rep's capacity goes into the territory, in percent; all of it unless told otherwise.</param>
internal sealed record TerritoryRepBody(RepId RepId, string? Role, decimal? Share)
{
    public TerritoryRep ToRep() => new(RepId, Share ?? 100, Role);

    public static TerritoryRepBody Of(TerritoryRep rep) => new(rep.RepId, rep.Role, rep.Share);
}
