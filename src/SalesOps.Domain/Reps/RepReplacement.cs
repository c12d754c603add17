namespace SalesOps.Domain.Reps;

/// <summary>What may stand in the place of a rep's fact that is taken back: what a command would have decided then.</summary>
public static class RepReplacement
{
    /// <summary>Decides the fact anew by the state at its time, without the one it replaces.</summary>
    /// <param name="state">As if the replaced fact had not happened.</param>
    public static Decision<RepEvent> Decide(RepId id, Rep state, RepEvent replacement) => replacement switch
    {
        RepEvent.Registered e => RegisterRep.Decide(state, new(id, e.Profile)).In("/profile"),
        RepEvent.ManagerChanged e => ChangeManager.Decide(state, new(id, e.ManagerId)),
        RepEvent.TeamChanged e => ChangeTeam.Decide(state, new(e.Team, e.Office)),
        RepEvent.SkillsChanged e => ChangeSkills.Decide(state, new(e.Skills, e.Languages)),
        RepEvent.CapacityChanged e => ChangeCapacity.Decide(state, new(e.Capacity)),
        RepEvent.RolesChanged e => ChangeRoles.Decide(state, new(e.Roles)),
        RepEvent.LeaveStarted e => Unless(TakeLeave.Check(state, id, e), e),
        RepEvent.LeaveEnded e => Unless(InputRules.Date(e.On, "/on"), e),
        RepEvent.Departed e => DepartRep.Decide(state, new(e.On, e.Reason)),
        RepEvent.OnboardingStarted e => Unless(RecordOnboarding.Check(state, e, "/on"), e),
        RepEvent.OnboardingCompleted e => Unless(InputRules.Date(e.On, "/on"), e),
        RepEvent.TrainingCompleted e => RecordTraining.Decide(state, new(e.Training, e.On, e.Score)),
        _ => Decision<RepEvent>.Nothing,
    };

    /// <summary>When a fact of a certain date takes effect: at the beginning of that day; null for the others.</summary>
    public static DateTimeOffset? NaturalTimeOf(RepEvent @event, BusinessCalendar calendar) => @event switch
    {
        RepEvent.LeaveStarted e => calendar.StartOf(e.From),
        RepEvent.LeaveEnded e => calendar.StartOf(e.On),
        RepEvent.Departed e => calendar.StartOf(e.On),
        RepEvent.OnboardingStarted e => calendar.StartOf(e.On),
        RepEvent.OnboardingCompleted e => calendar.StartOf(e.On),
        RepEvent.TrainingCompleted e => calendar.StartOf(e.On),
        _ => null,
    };

    private static Decision<RepEvent> Unless(Rejection? fault, RepEvent @event) =>
        fault is not null ? fault : Decision<RepEvent>.Accept(@event);
}
