namespace SalesOps.Domain.Assignments;

/// <summary>What may stand in the place of an assignment's fact that is taken back.</summary>
public static class AssignmentReplacement
{
    /// <summary>Decides the fact anew by the state at its time, without the one it replaces.</summary>
    public static Decision<AssignmentEvent> Decide(AccountAssignments state, AssignmentEvent replacement) => replacement switch
    {
        AssignmentEvent.Assigned e => AssignAccount.Decide(state, new(e.Role, e.RepId, e.Reason, e.DecisionId)),
        AssignmentEvent.Ended e => EndAssignment.Decide(state, new(e.Role, e.Reason)),
        AssignmentEvent.CoverBegun e when state.Find(e.Role)?.RepId == e.RepId =>
            Rejection.Invalid("cover-self", "Nobody covers for themselves.", "/repId"),
        AssignmentEvent.CoverBegun e when state.Find(e.Role)?.CoveredBy is { } other =>
            Rejection.Conflict("cover-overlaps", $"Rep '{other}' covers the role '{e.Role}' at that time."),
        AssignmentEvent.ConflictDeclared e => ChangeConflict.Decide(state, new(e.RepId, e.Reason, IsCleared: false)),
        AssignmentEvent.ConflictCleared e => ChangeConflict.Decide(state, new(e.RepId, e.Reason, IsCleared: true)),
        _ => Decision<AssignmentEvent>.Accept(replacement),
    };
}
