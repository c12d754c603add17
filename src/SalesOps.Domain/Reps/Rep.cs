namespace SalesOps.Domain.Reps;

/// <summary>What happened to a rep.</summary>
public abstract record RepEvent
{
    private RepEvent()
    {
    }

    public sealed record Registered(RepProfile Profile) : RepEvent;

    /// <param name="ManagerId">The new manager; absent for nobody.</param>
    public sealed record ManagerChanged(RepId? ManagerId = null) : RepEvent;

    /// <param name="Team">The new team; absent for none.</param>
    /// <param name="Office">The new office; absent where it stays.</param>
    public sealed record TeamChanged(string? Team = null, string? Office = null) : RepEvent;
}

/// <summary>What is known of a rep on the first day. Managers are reps too.</summary>
/// <param name="Capacity">How many open accounts the rep can serve.</param>
public sealed record RepProfile(
    string Name,
    DateOnly? HiredOn = null,
    RepId? ManagerId = null,
    string? Team = null,
    string? Office = null,
    IReadOnlyList<string>? Skills = null,
    IReadOnlyList<string>? Languages = null,
    int? Capacity = null,
    IReadOnlyList<string>? Roles = null)
{
    public bool Equals(RepProfile? other) => other is not null
        && (Name, HiredOn, ManagerId, Team, Office, Capacity)
            == (other.Name, other.HiredOn, other.ManagerId, other.Team, other.Office, other.Capacity)
        && (Skills ?? []).SequenceEqual(other.Skills ?? [])
        && (Languages ?? []).SequenceEqual(other.Languages ?? [])
        && (Roles ?? []).SequenceEqual(other.Roles ?? []);

    public override int GetHashCode() => HashCode.Combine(Name, HiredOn, ManagerId, Team, Office);
}

/// <summary>The state of a rep at one instant.</summary>
/// <param name="Registration">How the rep was registered; a repeated creation is told from another one by it.</param>
/// <param name="Profile">What holds at the instant.</param>
public sealed record Rep(RepProfile? Registration, RepProfile? Profile)
{
    public static Decider<Rep, RepEvent> Decider { get; } = new(new Rep(null, null), Evolve, Admit);

    private static Rep Evolve(Rep state, Fact<RepEvent> fact) => fact.Event switch
    {
        RepEvent.Registered e => new Rep(e.Profile, e.Profile),
        RepEvent.ManagerChanged e when state.Profile is { } profile =>
            state with { Profile = profile with { ManagerId = e.ManagerId } },
        RepEvent.TeamChanged e when state.Profile is { } profile =>
            state with { Profile = profile with { Team = e.Team, Office = e.Office ?? profile.Office } },
        _ => state,
    };

    private static Rejection? Admit(Rep state, RepEvent @event) => (@event, state.Profile) switch
    {
        (RepEvent.Registered, null) => null,
        (RepEvent.Registered, _) => Rejection.Conflict("rep-exists", "The rep was registered before."),
        (_, null) => Rejection.Conflict("rep-not-registered-yet", "The rep was not registered yet at that time."),
        _ => null,
    };
}
