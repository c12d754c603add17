namespace SalesOps.Domain.Reps;

/// <summary>Gives a rep another manager, or none. That it closes no circle is for <see cref="ReportingLine"/> to say.</summary>
/// <param name="Id">The rep who moves.</param>
/// <param name="ManagerId">The new manager.</param>
public sealed record ChangeManager(RepId Id, RepId? ManagerId)
{
    public static Decision<RepEvent> Decide(Rep state, ChangeManager command) => state.Profile switch
    {
        _ when command.ManagerId == command.Id => ToThemselves(),
        { } profile when profile.ManagerId == command.ManagerId => Decision<RepEvent>.Nothing,
        _ => Decision<RepEvent>.Accept(new RepEvent.ManagerChanged(command.ManagerId)),
    };

    internal static Rejection ToThemselves() =>
        Rejection.Invalid("manager-self", "Nobody reports to themselves.", "/managerId");
}
