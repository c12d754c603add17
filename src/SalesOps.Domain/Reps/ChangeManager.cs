namespace SalesOps.Domain.Reps;

/// <summary>Gives a rep another manager, or none.</summary>
/// <param name="Id">The rep who moves.</param>
/// <param name="ManagerId">The new manager.</param>
/// <param name="ManagersAbove">The chain of managers above the new one, nearest first, as of the time of the change.</param>
public sealed record ChangeManager(RepId Id, RepId? ManagerId, IReadOnlyList<RepId> ManagersAbove)
{
    /// <summary>Nobody comes to stand above themselves.</summary>
    public static Decision<RepEvent> Decide(Rep state, ChangeManager command) => state.Profile switch
    {
        _ when command.ManagerId == command.Id =>
            Rejection.Invalid("manager-self", "Nobody reports to themselves.", "/managerId"),
        _ when command.ManagersAbove.Contains(command.Id) => Rejection.Invalid(
            "manager-cycle", $"Rep '{command.ManagerId}' reports, directly or not, to '{command.Id}'.", "/managerId"),
        { } profile when profile.ManagerId == command.ManagerId => Decision<RepEvent>.Nothing,
        _ => Decision<RepEvent>.Accept(new RepEvent.ManagerChanged(command.ManagerId)),
    };
}
