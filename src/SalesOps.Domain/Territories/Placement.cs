using System.Collections.Immutable;

namespace SalesOps.Domain.Territories;

/// <summary>Where an account belongs: to exactly one leaf, to none (a gap) or to several (an overlap).</summary>
/// <param name="Candidates">The leaves whose rules it meets, in the order of their ids.</param>
public readonly record struct Placement(ImmutableArray<TerritoryId> Candidates)
{
    /// <summary>The leaf, where it is exactly one.</summary>
    public TerritoryId? Territory => Candidates is [var only] ? only : null;

    public bool IsGap => Candidates is [];

    public bool IsOverlap => Candidates.Length > 1;

    /// <summary>Whether both say the same of an account; two overlaps are the same trouble whatever they are of.</summary>
    public bool IsSameAs(Placement other) =>
        Territory == other.Territory && IsGap == other.IsGap;
}
