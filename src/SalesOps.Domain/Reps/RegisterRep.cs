namespace SalesOps.Domain.Reps;

/// <summary>Makes a rep known.</summary>
public sealed record RegisterRep(RepId Id, RepProfile Profile)
{
    public static Decision<RepEvent> Decide(Rep state, RegisterRep command) => command.Profile switch
    {
        { ManagerId: { } manager } when manager == command.Id => ChangeManager.ToThemselves(),
        var profile when profile.Check() is { } fault => fault,
        var profile when profile.KnownAs(state.Registration) == state.Registration => Decision<RepEvent>.Nothing,
        var profile => Decision<RepEvent>.Accept(new RepEvent.Registered(profile)),
    };
}
