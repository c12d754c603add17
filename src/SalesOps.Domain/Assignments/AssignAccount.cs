namespace SalesOps.Domain.Assignments;

/// <summary>Gives an account to a rep in a role: the first time, or as a transfer.</summary>
public sealed record AssignAccount(AssignmentRole Role, RepId RepId, string Reason, DecisionId? DecisionId = null)
{
    /// <summary>Giving it to whoever has it comes to nothing, so a repeat is harmless.</summary>
    public static Decision<AssignmentEvent> Decide(AccountAssignments state, AssignAccount command) =>
        InputRules.Text(command.Reason, "/reason") is { } fault ? fault
            : state.Find(command.Role)?.RepId == command.RepId ? Decision<AssignmentEvent>.Nothing
            : Decision<AssignmentEvent>.Accept(
                new AssignmentEvent.Assigned(command.Role, command.RepId, command.Reason, command.DecisionId));
}
