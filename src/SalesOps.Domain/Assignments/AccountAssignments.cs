namespace SalesOps.Domain.Assignments;

/// <summary>Who serves an account at one instant, in which role, and who must not.</summary>
/// <param name="Roles">By role.</param>
/// <param name="Conflicts">The reps who must not serve it, by id.</param>
public sealed record AccountAssignments(ValueList<RoleAssignment> Roles, ValueList<RepId> Conflicts)
{
    public static Decider<AccountAssignments, AssignmentEvent> Decider { get; } =
        new(new AccountAssignments([], []), Evolve, Admit);

    public RoleAssignment? Find(AssignmentRole role) => Roles.FirstOrDefault(assignment => assignment.Role == role);

    private static AccountAssignments Evolve(AccountAssignments state, Fact<AssignmentEvent> fact) => fact.Event switch
    {
        AssignmentEvent.Assigned e => state.With(e.Role, role => role with
        {
            RepId = e.RepId,
            Since = fact.EffectiveAt,
            Reason = e.Reason,
            EventId = fact.Id,
            DecisionId = e.DecisionId,
        }),
        AssignmentEvent.Ended e => state.With(e.Role, role => new(e.Role) { CoveredBy = role.CoveredBy }),
        AssignmentEvent.CoverBegun e => state.With(e.Role, role => role with { CoveredBy = e.RepId }),

        // Of two covers that touch, the end of the one may be recorded after the beginning of the other.
        AssignmentEvent.CoverEnded e when state.Find(e.Role)?.CoveredBy == e.RepId =>
            state.With(e.Role, role => role with { CoveredBy = null }),
        AssignmentEvent.ConflictDeclared e => state with
        {
            Conflicts = [.. state.Conflicts.Append(e.RepId).Distinct().OrderBy(rep => rep.Value, StringComparer.Ordinal)],
        },
        AssignmentEvent.ConflictCleared e => state with { Conflicts = [.. state.Conflicts.Where(rep => rep != e.RepId)] },
        _ => state,
    };

    private static Rejection? Admit(AccountAssignments state, AssignmentEvent @event) => @event switch
    {
        AssignmentEvent.Assigned e when state.Conflicts.Contains(e.RepId) => InConflict(e.RepId),
        AssignmentEvent.CoverBegun e when state.Conflicts.Contains(e.RepId) => InConflict(e.RepId),
        AssignmentEvent.Ended e when state.Find(e.Role)?.RepId is null => Unassigned(e.Role),
        AssignmentEvent.CoverBegun e when state.Find(e.Role)?.RepId is null => Unassigned(e.Role),
        // A conflict never ends an assignment silently: whoever serves the account is replaced first.
        AssignmentEvent.ConflictDeclared e when state.Roles.Any(role => role.RepId == e.RepId || role.CoveredBy == e.RepId) =>
            Rejection.Conflict("rep-assigned", $"Rep '{e.RepId}' serves the account at that time."),
        _ => null,
    };

    /// <summary>The state with a role changed; one that nobody has or covers is not kept.</summary>
    private AccountAssignments With(AssignmentRole role, Func<RoleAssignment, RoleAssignment> change)
    {
        var changed = change(Find(role) ?? new RoleAssignment(role));
        var others = Roles.Where(assignment => assignment.Role != role);
        return this with
        {
            Roles = changed is { RepId: null, CoveredBy: null }
                ? [.. others]
                : [.. others.Append(changed).OrderBy(assignment => assignment.Role.Value, StringComparer.Ordinal)],
        };
    }

    private static Rejection InConflict(RepId repId) => Rejection.Conflict(
        "rep-in-conflict", $"Rep '{repId}' must not serve this account at that time.");

    private static Rejection Unassigned(AssignmentRole role) => Rejection.Conflict(
        "not-assigned", $"Nobody has the role '{role}' at that time.");
}

/// <summary>Who has a role.</summary>
public sealed record RoleAssignment(AssignmentRole Role)
{
    /// <summary>Who has it; absent where somebody only covers what has ended.</summary>
    public RepId? RepId { get; init; }

    public DateTimeOffset? Since { get; init; }

    public string? Reason { get; init; }

    /// <summary>The event that it comes from.</summary>
    public Guid EventId { get; init; }

    public DecisionId? DecisionId { get; init; }

    /// <summary>Who acts in it for the time being.</summary>
    public RepId? CoveredBy { get; init; }

    /// <summary>Who is to be turned to: the cover while there is one.</summary>
    public RepId? Acting => CoveredBy ?? RepId;
}
