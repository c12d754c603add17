namespace SalesOps.Domain.Reps;

/// <summary>Sets the roles that a rep has.</summary>
public sealed record ChangeRoles(IReadOnlyList<string> Roles)
{
    public static Decision<RepEvent> Decide(Rep state, ChangeRoles command) => state.Profile switch
    {
        _ when InputRules.Words(command.Roles, "/roles") is { } badRoles => badRoles,
        { } profile when profile == profile with { Roles = command.Roles } => Decision<RepEvent>.Nothing,
        _ => Decision<RepEvent>.Accept(new RepEvent.RolesChanged(command.Roles)),
    };
}
