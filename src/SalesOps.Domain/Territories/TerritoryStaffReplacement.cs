namespace SalesOps.Domain.Territories;

/// <summary>What may stand in the place of a fact of a territory's staff that is taken back.</summary>
public static class TerritoryStaffReplacement
{
    /// <summary>Decides the fact anew by the staff at its time, without the one it replaces.</summary>
    public static Decision<TerritoryStaffEvent> Decide(
        TerritoryStaff state, TerritoryId id, TerritoryStaffEvent replacement) => replacement switch
        {
            TerritoryStaffEvent.RepsChanged e => AssignTerritoryReps.Decide(state, new(id, IsKnown: true, e.Reps)),
            _ => Decision<TerritoryStaffEvent>.Nothing,
        };
}
