namespace SalesOps.Domain.Reps;

/// <summary>Records that a rep began a programme for those who are new, and that it was completed, once it is.</summary>
public sealed record RecordOnboarding(string Programme, DateOnly StartedOn, DateOnly? CompletedOn)
{
    /// <param name="latest">The rep by all that is known.</param>
    public static Decision<RepEvent> Decide(Rep latest, RecordOnboarding command)
    {
        var started = new RepEvent.OnboardingStarted(command.Programme, command.StartedOn);
        if ((Check(latest, started, "/startedOn") ?? InputRules.Date(command.CompletedOn, "/completedOn")) is { } fault)
        {
            return fault;
        }

        if (command.CompletedOn < command.StartedOn)
        {
            return Rejection.Invalid(
                "onboarding-reversed", "The programme was completed before it was begun.", "/completedOn");
        }

        var known = latest.Onboardings.LastOrDefault(onboarding =>
            (onboarding.Programme, onboarding.StartedOn) == (command.Programme, command.StartedOn));
        return (known, command.CompletedOn) switch
        {
            (null, null) => Decision<RepEvent>.Accept(started),
            (null, { } on) => Decision<RepEvent>.Accept(started, new RepEvent.OnboardingCompleted(command.Programme, on)),
            ({ CompletedOn: var before }, var on) when on is null || on == before => Decision<RepEvent>.Nothing,
            ({ CompletedOn: null }, { } on) => Decision<RepEvent>.Accept(new RepEvent.OnboardingCompleted(command.Programme, on)),
            _ => Rejection.Conflict("onboarding-completed", "The programme was completed on another date."),
        };
    }

    internal static Rejection? Check(Rep rep, RepEvent.OnboardingStarted started, string dateAt) =>
        InputRules.Text(started.Programme, "/programme")
        ?? InputRules.Date(started.On, dateAt)
        ?? RepRules.BeforeHire(rep, started.On, dateAt);
}
