namespace SalesOps.Domain.Territories;

/// <summary>What happened to a model of territories.</summary>
public abstract record TerritoryModelEvent
{
    private TerritoryModelEvent()
    {
    }

    /// <summary>The draft, whole; a later one replaces it.</summary>
    public sealed record Drafted(string Name, IReadOnlyList<TerritoryDefinition> Territories) : TerritoryModelEvent
    {
        public bool Equals(Drafted? other) =>
            other is not null && Name == other.Name && Territories.SequenceEqual(other.Territories);

        public override int GetHashCode() => HashCode.Combine(Name, Territories.Count);
    }
}

/// <summary>
/// A tree of territories that somebody thinks of. It comes into force by an event of the tree, and is a draft until it
/// was in force once.
/// </summary>
/// <param name="Draft">What it says; null before the first draft.</param>
public sealed record TerritoryModel(TerritoryModelEvent.Drafted? Draft)
{
    public static Decider<TerritoryModel, TerritoryModelEvent> Decider { get; } = new(
        new TerritoryModel((TerritoryModelEvent.Drafted?)null),
        (state, fact) => fact.Event switch
        {
            TerritoryModelEvent.Drafted e => new TerritoryModel(e),
            _ => state,
        },
        (_, _) => null);
}
