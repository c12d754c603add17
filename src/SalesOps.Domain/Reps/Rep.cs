namespace SalesOps.Domain.Reps;

/// <summary>Whether a rep is there.</summary>
public enum RepPresence
{
    Active,
    OnLeave,
    Departed,
}

/// <summary>A time away.</summary>
/// <param name="From">The first day away.</param>
/// <param name="To">The first day back: as planned while it lasts, and as it was once it is over.</param>
/// <param name="CoverRepId">Who stands in.</param>
public sealed record Leave(DateOnly From, DateOnly? To, string? Reason, RepId? CoverRepId, bool IsOver);

/// <summary>A rep's way through a programme for those who are new.</summary>
public sealed record Onboarding(string Programme, DateOnly StartedOn, DateOnly? CompletedOn);

/// <summary>A training that a rep has had.</summary>
/// <param name="Score">0 to 100, where one was given.</param>
public sealed record Training(string Name, DateOnly CompletedOn, decimal? Score);

/// <summary>The state of a rep at one instant.</summary>
public sealed record Rep
{
    public static Decider<Rep, RepEvent> Decider { get; } = new(new Rep(), Evolve, Admit);

    /// <summary>How the rep was registered; a repeated creation is told from another one by it.</summary>
    public RepProfile? Registration { get; init; }

    /// <summary>What holds at the instant; null before the registration.</summary>
    public RepProfile? Profile { get; init; }

    /// <summary>The leaves that have begun, in the order in which they did.</summary>
    public ValueList<Leave> Leaves { get; init; }

    /// <summary>The first day without the rep.</summary>
    public DateOnly? DepartedOn { get; init; }

    public string? DepartureReason { get; init; }

    public ValueList<Onboarding> Onboardings { get; init; }

    public ValueList<Training> Trainings { get; init; }

    /// <summary>The leave that lasts.</summary>
    public Leave? Leave => DepartedOn is null ? Leaves.LastOrDefault(leave => !leave.IsOver) : null;

    public RepPresence Presence => DepartedOn is not null ? RepPresence.Departed
        : Leave is not null ? RepPresence.OnLeave
        : RepPresence.Active;

    private static Rep Evolve(Rep state, Fact<RepEvent> fact) => fact.Event switch
    {
        RepEvent.Registered e => state with { Registration = e.Profile, Profile = e.Profile },
        RepEvent.LeaveStarted e => state with
        {
            Leaves = [.. state.Leaves, new(e.From, e.To, e.Reason, e.CoverRepId, IsOver: false)],
        },
        RepEvent.LeaveEnded e when state.LeaveEndedBy(e) is { } ended => state with
        {
            Leaves = [.. state.Leaves.Select(leave => leave == ended ? leave with { To = e.On, IsOver = true } : leave)],
        },
        RepEvent.Departed e => state with { DepartedOn = e.On, DepartureReason = e.Reason },
        RepEvent.OnboardingStarted e => state with { Onboardings = [.. state.Onboardings, new(e.Programme, e.On, null)] },
        RepEvent.OnboardingCompleted e => state with
        {
            Onboardings =
            [
                .. state.Onboardings.Select(onboarding => onboarding.Programme == e.Programme && onboarding.CompletedOn is null
                    ? onboarding with { CompletedOn = e.On }
                    : onboarding),
            ],
        },
        RepEvent.TrainingCompleted e => state with { Trainings = [.. state.Trainings, new(e.Training, e.On, e.Score)] },
        var e when state.Profile is { } profile => state with { Profile = Evolve(profile, e) },
        _ => state,
    };

    private static RepProfile Evolve(RepProfile profile, RepEvent @event) => @event switch
    {
        RepEvent.ManagerChanged e => profile with { ManagerId = e.ManagerId },
        RepEvent.TeamChanged e => profile with { Team = e.Team, Office = e.Office ?? profile.Office },
        RepEvent.SkillsChanged e =>
            profile with { Skills = e.Skills ?? profile.Skills, Languages = e.Languages ?? profile.Languages },
        RepEvent.CapacityChanged e => profile with { Capacity = e.Capacity },
        RepEvent.RolesChanged e => profile with { Roles = e.Roles },
        _ => profile,
    };

    private static Rejection? Admit(Rep state, RepEvent @event) => (@event, state.Profile) switch
    {
        (RepEvent.Registered, null) => null,
        (RepEvent.Registered, _) => Rejection.Conflict("rep-exists", "The rep was registered before."),
        (_, null) => Rejection.Conflict("rep-not-registered-yet", "The rep was not registered yet at that time."),
        (RepEvent.LeaveEnded e, _) when state.LeaveEndedBy(e) is null => RepRules.NotOnLeave(),
        // The end of a leave that was planned may come after a departure.
        (not RepEvent.LeaveEnded, _) when state.DepartedOn is { } on => RepRules.Departed(on),
        // Of two leaves that touch, either may have been recorded first.
        (RepEvent.LeaveStarted e, _) when state.Leaves.Any(leave => !leave.IsOver && leave.To != e.From) =>
            RepRules.OnLeave(),
        (RepEvent.OnboardingStarted e, _) when state.IsIn(e.Programme) => Rejection.Conflict(
            "onboarding-running", $"The rep is in the programme '{e.Programme}' at that time."),
        (RepEvent.OnboardingCompleted e, _) when !state.IsIn(e.Programme) => Rejection.Conflict(
            "onboarding-not-running", $"The rep is not in the programme '{e.Programme}' at that time."),
        _ => null,
    };

    /// <summary>The earliest leave that is not over: one that begins where it ends stands behind it.</summary>
    private Leave? LeaveEndedBy(RepEvent.LeaveEnded ended) =>
        Leaves.FirstOrDefault(leave => !leave.IsOver && leave.From < ended.On);

    private bool IsIn(string programme) =>
        Onboardings.Any(onboarding => onboarding.Programme == programme && onboarding.CompletedOn is null);
}
