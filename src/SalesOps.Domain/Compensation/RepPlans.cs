namespace SalesOps.Domain.Compensation;

/// <summary>What happened between a rep and compensation plans.</summary>
public abstract record RepPlanEvent
{
    private RepPlanEvent()
    {
    }

    /// <summary>A plan pays the rep from a day on, in the place of the one before.</summary>
    /// <param name="To">The day after the last; absent until another plan is assigned.</param>
    /// <param name="TargetVariable">Per plan period.</param>
    public sealed record Assigned(
        PlanId PlanId, DateOnly From, DateOnly? To = null, Money? TargetVariable = null) : RepPlanEvent;

    /// <summary>The rep has accepted exactly that version.</summary>
    public sealed record Accepted(PlanId PlanId, int Number, string Hash) : RepPlanEvent;
}

/// <summary>That a plan pays a rep for a time.</summary>
/// <param name="To">The day after the last; absent until the next assignment begins.</param>
/// <param name="EventId">The assignment.</param>
public sealed record PlanAssignment(PlanId PlanId, DateOnly From, DateOnly? To, Money? TargetVariable, Guid EventId);

/// <summary>That a rep accepted a version of a plan.</summary>
public sealed record PlanAcceptance(PlanId PlanId, int Number, string Hash, DateTimeOffset At);

/// <summary>The plans of a rep.</summary>
/// <param name="Assignments">In the order of their first days; each holds until its end or the next one's start.</param>
public sealed record RepPlans(ValueList<PlanAssignment> Assignments, ValueList<PlanAcceptance> Acceptances)
{
    public static Decider<RepPlans, RepPlanEvent> Decider { get; } = new(new RepPlans([], []), Evolve, (_, _) => null);

    /// <summary>The assignment in force on a day; null where there is none.</summary>
    public PlanAssignment? On(DateOnly day)
    {
        var last = Assignments.LastOrDefault(assignment => assignment.From <= day);
        return last is { To: { } to } && to <= day ? null : last;
    }

    /// <summary>Whether the rep accepted a version.</summary>
    public bool HasAccepted(PlanId planId, int number) =>
        Acceptances.Any(acceptance => acceptance.PlanId == planId && acceptance.Number == number);

    /// <summary>
    /// The versions of plans in force for the rep, one after another: a plan's first version from the start of its
    /// assignment, each later one from the day on which it comes into force.
    /// </summary>
    /// <param name="find">The plan of an id; null where it isn't known.</param>
    /// <param name="calendar">Tells the day of a publication.</param>
    public IReadOnlyList<PlanTerm> Terms(Func<PlanId, CompPlan?> find, BusinessCalendar calendar)
    {
        var terms = new List<PlanTerm>();
        foreach (var (index, assignment) in Assignments.Index())
        {
            DateOnly? next = index + 1 < Assignments.Count ? Assignments[index + 1].From : null;
            var end = next is { } start && !(assignment.To < start) ? start : assignment.To;
            var versions = find(assignment.PlanId)?.InForce ?? [];
            for (var number = 0; number < versions.Count; number++)
            {
                var version = versions[number];
                var from = number == 0 ? assignment.From : Later(assignment.From, calendar.DateOf(version.From));
                DateOnly? to = number + 1 < versions.Count ? calendar.DateOf(versions[number + 1].From) : null;
                to = to is { } known && !(end < known) ? known : end;
                if (from < (to ?? DateOnly.MaxValue))
                {
                    terms.Add(new(
                        new(assignment.PlanId, version.Number, version.Hash, version.Plan), from, assignment.TargetVariable?.Amount)
                    {
                        To = to,
                        SourceEvents = [assignment.EventId, version.EventId],
                    });
                }
            }
        }

        return terms;
    }

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    private static RepPlans Evolve(RepPlans state, Fact<RepPlanEvent> fact) => fact.Event switch
    {
        RepPlanEvent.Assigned e => state with
        {
            Assignments =
            [
                .. state.Assignments.Where(assignment => assignment.From < e.From),
                new PlanAssignment(e.PlanId, e.From, e.To, e.TargetVariable, fact.Id),
                .. state.Assignments.Where(assignment => assignment.From > e.From),
            ],
        },
        RepPlanEvent.Accepted e => state with
        {
            Acceptances = [.. state.Acceptances, new PlanAcceptance(e.PlanId, e.Number, e.Hash, fact.EffectiveAt)],
        },
        _ => state,
    };
}

/// <summary>Pays a rep by a plan from a day on.</summary>
/// <param name="Plan">As it is when it is decided.</param>
public sealed record AssignPlan(PlanId PlanId, CompPlan Plan, DateOnly From, DateOnly? To, Money? TargetVariable)
{
    public static Decision<RepPlanEvent> Decide(RepPlans latest, AssignPlan command)
    {
        var fault = InputRules.Date(command.From, "/effectiveFrom") ?? InputRules.Date(command.To, "/effectiveTo")
            ?? MoneyRules.Check(command.TargetVariable, "target-variable", "/targetVariable");
        if (fault is not null)
        {
            return fault;
        }

        if (command.To <= command.From)
        {
            return Rejection.Invalid("range-empty", "An assignment ends after it begins.", "/effectiveTo");
        }

        if (command.Plan.Creation is null)
        {
            return Rejection.Invalid("plan-unknown", $"There is no plan '{command.PlanId}'.", "/planId");
        }

        if (command.Plan.Versions is not [.., var version])
        {
            return Rejection.Conflict("plan-not-published", $"Plan '{command.PlanId}' has no published version.");
        }

        if (command.TargetVariable is { } target && target.Currency != version.Plan.Currency)
        {
            return Rejection.Invalid(
                "currency-other", $"The plan is in {version.Plan.Currency}.", "/targetVariable/currency");
        }

        var isSo = latest.Assignments.Any(assignment => (assignment.PlanId, assignment.From, assignment.To, assignment.TargetVariable)
            == (command.PlanId, command.From, command.To, command.TargetVariable));
        return isSo
            ? Decision<RepPlanEvent>.Nothing
            : Decision<RepPlanEvent>.Accept(
                new RepPlanEvent.Assigned(command.PlanId, command.From, command.To, command.TargetVariable));
    }
}

/// <summary>Accepts a version of a plan by its hash, which names all that stands in it.</summary>
/// <param name="Number">The version; that of the hash where absent.</param>
public sealed record AcceptPlan(PlanId PlanId, CompPlan Plan, int? Number, string Hash)
{
    public static Decision<RepPlanEvent> Decide(RepPlans latest, AcceptPlan command)
    {
        if (command.Plan.Creation is null)
        {
            return Rejection.Invalid("plan-unknown", $"There is no plan '{command.PlanId}'.", "/planId");
        }

        if (command.Number is { } number && command.Plan.Find(number) is null)
        {
            return Rejection.Invalid("plan-version-unknown", $"The plan has no version {number}.", "/version");
        }

        var version = command.Plan.Versions.LastOrDefault(version =>
            version.Hash == command.Hash && version.Number == (command.Number ?? version.Number));
        return version switch
        {
            null => Rejection.Invalid("hash-mismatch", "No such version of the plan has this hash.", "/hash"),
            _ when latest.HasAccepted(command.PlanId, version.Number) => Decision<RepPlanEvent>.Nothing,
            _ when latest.Assignments.All(assignment => assignment.PlanId != command.PlanId) =>
                Rejection.Conflict("plan-not-assigned", "A rep accepts only plans that were assigned."),
            _ => Decision<RepPlanEvent>.Accept(new RepPlanEvent.Accepted(command.PlanId, version.Number, version.Hash)),
        };
    }
}
