using SalesOps.Domain.Assignments;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of an account's assignments.</summary>
public sealed record AssignmentFact(ValueList<AssignedRole> Roles, ValueList<RepId> Conflicts)
{
    /// <summary>Nothing is kept where nobody is assigned, covers or is in conflict.</summary>
    public static AssignmentFact? Of(AccountAssignments account) => account.Roles is [] && account.Conflicts is []
        ? null
        : new(
            [.. account.Roles.Select(role => new AssignedRole(role.Role, role.RepId, role.Since, role.CoveredBy))],
            account.Conflicts);
}

/// <summary>Who has a role with an account.</summary>
/// <param name="Since">When it was assigned.</param>
public sealed record AssignedRole(AssignmentRole Role, RepId? RepId, DateTimeOffset? Since, RepId? CoveredBy);
