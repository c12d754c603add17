using SalesOps.Domain.Territories;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a territory.</summary>
/// <param name="ModelId">The model it came with.</param>
public sealed record TerritoryFact(TerritoryDefinition Definition, TerritoryModelId? ModelId)
{
    /// <summary>Nothing is kept of a territory that isn't there.</summary>
    public static TerritoryFact? Of(Territory? territory) =>
        territory is null ? null : new(territory.Definition, territory.ModelId);
}

/// <summary>What the read side keeps of the staff of a territory; nothing of one without.</summary>
public sealed record TerritoryStaffFact(ValueList<TerritoryRep> Reps)
{
    public static TerritoryStaffFact? Of(TerritoryStaff staff) => staff.Reps.Count == 0 ? null : new(staff.Reps);
}
