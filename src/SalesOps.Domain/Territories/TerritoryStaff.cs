namespace SalesOps.Domain.Territories;

/// <summary>A rep who works a territory.</summary>
/// <param name="Share">How much of the rep's capacity goes into the territory, in percent: above 0, at most 100.</param>
/// <param name="Role">For example seller or engineer; absent where nobody has said.</param>
public sealed record TerritoryRep(RepId RepId, decimal Share, string? Role = null);

/// <summary>What happened to the staff of a territory.</summary>
public abstract record TerritoryStaffEvent
{
    private TerritoryStaffEvent()
    {
    }

    /// <summary>Who works the territory from now on, and nobody else.</summary>
    public sealed record RepsChanged(IReadOnlyList<TerritoryRep> Reps) : TerritoryStaffEvent
    {
        public bool Equals(RepsChanged? other) => other is not null && Reps.SequenceEqual(other.Reps);

        public override int GetHashCode() => Reps.Count;
    }
}

/// <summary>Who works a territory at one instant, in the order of ids; they stay with it through every model.</summary>
public sealed record TerritoryStaff(ValueList<TerritoryRep> Reps)
{
    public static Decider<TerritoryStaff, TerritoryStaffEvent> Decider { get; } = new(
        new TerritoryStaff([]),
        (state, fact) => fact.Event switch
        {
            TerritoryStaffEvent.RepsChanged e => new TerritoryStaff([.. e.Reps]),
            _ => state,
        },
        (_, _) => null);
}
