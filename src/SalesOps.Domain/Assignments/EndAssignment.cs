namespace SalesOps.Domain.Assignments;

/// <summary>Takes a role away from whoever has it, and gives it to nobody.</summary>
public sealed record EndAssignment(AssignmentRole Role, string Reason)
{
    public static Decision<AssignmentEvent> Decide(AccountAssignments state, EndAssignment command) =>
        state.Find(command.Role)?.RepId is null
            ? Decision<AssignmentEvent>.Nothing
            : Decision<AssignmentEvent>.Accept(new AssignmentEvent.Ended(command.Role, command.Reason));
}
