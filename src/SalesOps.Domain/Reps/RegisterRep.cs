namespace SalesOps.Domain.Reps;

/// <summary>Makes a rep known.</summary>
public sealed record RegisterRep(RepId Id, RepProfile Profile)
{
    public static Decision<RepEvent> Decide(Rep state, RegisterRep command) => command.Profile switch
    {
        { Capacity: < 0 } => Rejection.Invalid("capacity-negative", "A capacity is not negative.", "/capacity"),
        { ManagerId: { } manager } when manager == command.Id =>
            Rejection.Invalid("manager-self", "Nobody reports to themselves.", "/managerId"),
        var profile when profile == state.Registration => Decision<RepEvent>.Nothing,
        var profile => Decision<RepEvent>.Accept(new RepEvent.Registered(profile)),
    };
}
