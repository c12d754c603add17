namespace SalesOps.Domain.Assignments;

/// <summary>Says that a rep must not serve an account, or that nothing stands against it any more.</summary>
public sealed record ChangeConflict(RepId RepId, string Reason, bool IsCleared)
{
    public static Decision<AssignmentEvent> Decide(AccountAssignments state, ChangeConflict command) => command switch
    {
        _ when state.Conflicts.Contains(command.RepId) != command.IsCleared => Decision<AssignmentEvent>.Nothing,
        { IsCleared: true } =>
            Decision<AssignmentEvent>.Accept(new AssignmentEvent.ConflictCleared(command.RepId, command.Reason)),
        _ => Decision<AssignmentEvent>.Accept(new AssignmentEvent.ConflictDeclared(command.RepId, command.Reason)),
    };
}
