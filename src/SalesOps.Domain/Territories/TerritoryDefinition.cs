namespace SalesOps.Domain.Territories;

/// <summary>What a goal is for, over and over.</summary>
public enum GoalPeriod
{
    Month,
    Quarter,
    Year,
}

/// <summary>What a territory is to bring in each period.</summary>
public sealed record TerritoryGoal(Money Amount, GoalPeriod Period);

/// <summary>A territory as it is meant to be.</summary>
/// <param name="ParentId">The territory it is a part of; none for one at the top.</param>
/// <param name="Rules">All of them hold for its accounts, and all those of the territories above it.</param>
public sealed record TerritoryDefinition(
    TerritoryId Id,
    string Name,
    TerritoryId? ParentId = null,
    IReadOnlyList<TerritoryRule>? Rules = null,
    TerritoryGoal? Goal = null)
{
    private const int NameLengthMax = 200;

    public bool Equals(TerritoryDefinition? other) => other is not null
        && (Id, Name, ParentId, Goal) == (other.Id, other.Name, other.ParentId, other.Goal)
        && (Rules ?? []).SequenceEqual(other.Rules ?? []);

    public override int GetHashCode() => HashCode.Combine(Id, Name, ParentId, Goal);

    /// <summary>What is wrong with it whatever stands around it.</summary>
    /// <param name="pointer">Where it stands in the command.</param>
    internal Rejection? Fault(string pointer) => this switch
    {
        { Name: var name } when string.IsNullOrWhiteSpace(name) || name.Length > NameLengthMax => Rejection.Invalid(
            "name-length", $"The name of a territory has 1 to {NameLengthMax} characters.", pointer + "/name"),
        { ParentId: { } parent } when parent == Id =>
            Rejection.Invalid("parent-self", "A territory is no part of itself.", pointer + "/parentId"),
        { Goal: { Amount: var goal } } => MoneyRules.Check(goal, "goal", pointer + "/goal"),
        _ => null,
    };
}
