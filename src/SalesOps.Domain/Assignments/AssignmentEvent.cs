namespace SalesOps.Domain.Assignments;

/// <summary>What happened to the assignments of an account. Each takes effect at the time in its header.</summary>
public abstract record AssignmentEvent
{
    private AssignmentEvent()
    {
    }

    /// <summary>A rep serves the account in a role from now on; whoever did so before no longer does.</summary>
    /// <param name="Reason">Why this rep.</param>
    /// <param name="DecisionId">The record of what was known and recommended when it was decided.</param>
    public sealed record Assigned(AssignmentRole Role, RepId RepId, string Reason, DecisionId? DecisionId = null)
        : AssignmentEvent;

    /// <summary>Nobody serves the account in the role any more.</summary>
    public sealed record Ended(AssignmentRole Role, string Reason) : AssignmentEvent;

    /// <summary>A rep acts in a role for whoever has it, who keeps it, and the credit.</summary>
    public sealed record CoverBegun(AssignmentRole Role, RepId RepId, string Reason) : AssignmentEvent;

    public sealed record CoverEnded(AssignmentRole Role, RepId RepId) : AssignmentEvent;

    /// <summary>A rep must not serve the account, for example for a tie to a competitor of it.</summary>
    public sealed record ConflictDeclared(RepId RepId, string Reason) : AssignmentEvent;

    public sealed record ConflictCleared(RepId RepId, string Reason) : AssignmentEvent;
}
