using System.Collections.Immutable;

namespace SalesOps.Domain.Territories;

/// <summary>What happened to the tree of territories.</summary>
public abstract record TerritoryTreeEvent
{
    private TerritoryTreeEvent()
    {
    }

    public sealed record Defined(TerritoryDefinition Territory) : TerritoryTreeEvent;

    public sealed record RulesChanged(TerritoryId TerritoryId, IReadOnlyList<TerritoryRule> Rules) : TerritoryTreeEvent
    {
        public bool Equals(RulesChanged? other) =>
            other is not null && TerritoryId == other.TerritoryId && Rules.SequenceEqual(other.Rules);

        public override int GetHashCode() => HashCode.Combine(TerritoryId, Rules.Count);
    }

    /// <param name="ParentId">The new one; absent for none.</param>
    public sealed record Moved(TerritoryId TerritoryId, TerritoryId? ParentId = null) : TerritoryTreeEvent;

    /// <param name="Goal">The new one; absent for none.</param>
    public sealed record GoalChanged(TerritoryId TerritoryId, TerritoryGoal? Goal = null) : TerritoryTreeEvent;

    public sealed record Retired(TerritoryId TerritoryId) : TerritoryTreeEvent;

    /// <summary>The whole tree is from now on what the model says, and what isn't in the model is no more.</summary>
    public sealed record ModelActivated(TerritoryModelId ModelId, IReadOnlyList<TerritoryDefinition> Territories)
        : TerritoryTreeEvent
    {
        public bool Equals(ModelActivated? other) =>
            other is not null && ModelId == other.ModelId && Territories.SequenceEqual(other.Territories);

        public override int GetHashCode() => HashCode.Combine(ModelId, Territories.Count);
    }
}

/// <summary>A territory at one instant.</summary>
/// <param name="Registered">How it came to be; a repeated creation is told from another one by it.</param>
/// <param name="Definition">What holds at the instant.</param>
/// <param name="ModelId">The model that it came with; none for one that was defined by itself.</param>
public sealed record Territory(TerritoryDefinition Registered, TerritoryDefinition Definition, TerritoryModelId? ModelId)
{
    /// <summary>The history of one territory within that of the tree.</summary>
    public static Decider<Territory?, TerritoryTreeEvent> DeciderOf(TerritoryId id) =>
        new(null, (state, fact) => Next(state, id, fact.Event), (_, _) => null);

    /// <summary>The territories that an event says something of.</summary>
    public static IEnumerable<TerritoryId> ConcernedBy(TerritoryTreeEvent @event) => @event switch
    {
        TerritoryTreeEvent.Defined e => [e.Territory.Id],
        TerritoryTreeEvent.RulesChanged e => [e.TerritoryId],
        TerritoryTreeEvent.Moved e => [e.TerritoryId],
        TerritoryTreeEvent.GoalChanged e => [e.TerritoryId],
        TerritoryTreeEvent.Retired e => [e.TerritoryId],
        TerritoryTreeEvent.ModelActivated e => e.Territories.Select(territory => territory.Id),
        _ => [],
    };

    /// <summary>What an event makes of the territory; null where there is none then.</summary>
    internal static Territory? Next(Territory? state, TerritoryId id, TerritoryTreeEvent @event) => @event switch
    {
        TerritoryTreeEvent.Defined e when e.Territory.Id == id => new(e.Territory, e.Territory, null),
        TerritoryTreeEvent.RulesChanged e when e.TerritoryId == id => state?.With(state.Definition with { Rules = e.Rules }),
        TerritoryTreeEvent.Moved e when e.TerritoryId == id => state?.With(state.Definition with { ParentId = e.ParentId }),
        TerritoryTreeEvent.GoalChanged e when e.TerritoryId == id => state?.With(state.Definition with { Goal = e.Goal }),
        TerritoryTreeEvent.Retired e when e.TerritoryId == id => null,
        TerritoryTreeEvent.ModelActivated e =>
            e.Territories.FirstOrDefault(territory => territory.Id == id) is { } territory ? new(territory, territory, e.ModelId) : null,
        _ => state,
    };

    private Territory With(TerritoryDefinition definition) => this with { Definition = definition };
}

/// <summary>
/// All territories at one instant. The tree is one stream, for what must hold is true of the tree: no territory is above
/// itself, at any time, and a model takes the place of the whole at once.
/// </summary>
/// <param name="ModelId">The model in force; none before the first.</param>
public sealed record TerritoryTree(ImmutableDictionary<TerritoryId, Territory> Territories, TerritoryModelId? ModelId)
{
    /// <summary>The id of the one tree that there is.</summary>
    public const string Id = "main";

    /// <summary>How many territories there may be at once.</summary>
    public const int TerritoriesMax = 2_000;

    public static Decider<TerritoryTree, TerritoryTreeEvent> Decider { get; } =
        new(new(ImmutableDictionary<TerritoryId, Territory>.Empty, null), Evolve, Admit);

    public Territory? Find(TerritoryId id) => Territories.GetValueOrDefault(id);

    /// <summary>Whether the one is the other, or a part of it at any depth.</summary>
    public bool IsWithin(TerritoryId part, TerritoryId whole)
    {
        // No circle ever comes to be, so the way up ends.
        for (TerritoryId? current = part; current is { } id; current = Find(id)?.Definition.ParentId)
        {
            if (id == whole)
            {
                return true;
            }
        }

        return false;
    }

    private static TerritoryTree Evolve(TerritoryTree state, Fact<TerritoryTreeEvent> fact) => fact.Event switch
    {
        TerritoryTreeEvent.ModelActivated e => new(
            e.Territories.ToImmutableDictionary(
                territory => territory.Id, territory => new Territory(territory, territory, e.ModelId)),
            e.ModelId),
        var @event => Territory.ConcernedBy(@event).Aggregate(state, (tree, id) => tree with
        {
            Territories = Territory.Next(tree.Find(id), id, @event) is { } territory
                ? tree.Territories.SetItem(id, territory)
                : tree.Territories.Remove(id),
        }),
    };

    private static Rejection? Admit(TerritoryTree state, TerritoryTreeEvent @event) => @event switch
    {
        TerritoryTreeEvent.Defined { Territory: var territory } => state.Find(territory.Id) is not null
            ? Rejection.Conflict("territory-exists", $"There is a territory '{territory.Id}' already.")
            : state.Territories.Count >= TerritoriesMax
                ? Rejection.Conflict("territories-too-many", $"There are at most {TerritoriesMax} territories at once.")
                : state.RefuseParent(territory.Id, territory.ParentId),
        TerritoryTreeEvent.ModelActivated => null,
        var change when Territory.ConcernedBy(change).Any(id => state.Find(id) is null) =>
            Rejection.Conflict("territory-not-there", "There is no such territory at that time."),
        TerritoryTreeEvent.Moved e => state.RefuseParent(e.TerritoryId, e.ParentId),
        TerritoryTreeEvent.Retired e when state.Territories.Values.Any(other => other.Definition.ParentId == e.TerritoryId) =>
            Rejection.Conflict("territory-has-parts", "The territory still has territories below it."),
        _ => null,
    };

    private Rejection? RefuseParent(TerritoryId id, TerritoryId? parentId) => parentId switch
    {
        null => null,
        { } parent when Find(parent) is null =>
            Rejection.Invalid("parent-unknown", $"There is no territory '{parent}' at that time.", "/parentId"),
        { } parent when IsWithin(parent, id) =>
            Rejection.Invalid("parent-cycle", $"Territory '{parent}' is a part of '{id}'.", "/parentId"),
        _ => null,
    };
}
