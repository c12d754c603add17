namespace SalesOps.Domain.Contracts;

/// <summary>
/// What time alone does to a contract: the notice window, the renewal that nobody stopped, the end. It is reckoned from
/// what people did, so whatever is learned late moves it; what was recorded of it before and no longer holds is taken
/// back. Asked again it comes to the same, however often and however late it is asked.
/// </summary>
public static class ContractClock
{
    /// <summary>How much is recorded at once; more is left for the next time.</summary>
    public const int FactsMax = 200;

    /// <summary>A fact that the clock says.</summary>
    public sealed record Tick(DateTimeOffset EffectiveAt, ContractEvent Event);

    /// <summary>What is to be recorded so that the history says what the clock says.</summary>
    /// <param name="Stale">Facts of the clock that no longer hold.</param>
    /// <param name="Missing">Those that hold and are not recorded, in the order of their effect.</param>
    public sealed record Settlement(IReadOnlyList<Fact<ContractEvent>> Stale, IReadOnlyList<Tick> Missing)
    {
        public bool IsEmpty => Stale is [] && Missing is [];
    }

    /// <summary>When the clock has something to say of a state, and what; null where it never has.</summary>
    /// <param name="calendar">Dates begin by it.</param>
    public static Tick? DueOf(Contract state, BusinessCalendar calendar) => state switch
    {
        { Status: ContractStatus.Executed or ContractStatus.Active } =>
            new(calendar.StartOf(state.NoticeDeadline!.Value), new ContractEvent.NoticeWindowEntered(state.Term!.End)),
        { Status: ContractStatus.InNoticeWindow, AutoRenew: true, Notice: null } => new(
            AfterTerm(state, calendar), new ContractEvent.Renewed(state.Term!.Next(state.Drafting!.RenewalMonths), TermSource.Auto)),
        { Status: ContractStatus.InNoticeWindow } => new(
            AfterTerm(state, calendar), new ContractEvent.Expired(state.Term!.End)),
        { Status: ContractStatus.Expired } when Performed(state) is { } on =>
            new(calendar.StartOf(on), new ContractEvent.HeldOver(state.Term!.End)),
        _ => null,
    };

    /// <summary>The state on which something is decided that takes effect at an instant: the clock speaks last in it.</summary>
    public static Contract StateFor(Timeline<Contract, ContractEvent> timeline, DateTimeOffset at, BusinessCalendar calendar)
    {
        var state = Contract.Decider.Initial;
        foreach (var fact in Run(Agreed(timeline).Where(fact => fact.EffectiveAt <= at), at.AddTicks(-1), calendar))
        {
            state = Contract.Decider.Evolve(state, fact);
        }

        return state;
    }

    /// <summary>
    /// Holds a decision against the history as the clock completes it: its event must be possible at its time, and the
    /// later ones after it.
    /// </summary>
    public static Decision<ContractEvent> Judge(
        Timeline<Contract, ContractEvent> timeline, DateTimeOffset at, Decision<ContractEvent> decision, BusinessCalendar calendar)
    {
        if (decision.Events is not [var @event])
        {
            return decision;
        }

        var decided = With(timeline, at, @event);
        var state = Contract.Decider.Initial;
        foreach (var fact in Run(Agreed(decided), decided.Facts[^1].EffectiveAt, calendar))
        {
            if (Contract.Decider.Admit(state, fact.Event) is { } refusal)
            {
                return fact.Id == Guid.Empty ? refusal : Rejection.Conflict(
                    "contradicts-later-fact", $"Fact '{fact.Id}' would no longer be possible: {refusal.Detail}");
            }

            state = Contract.Decider.Evolve(state, fact);
        }

        return decision;
    }

    /// <summary>The history with a fact that is decided and not recorded yet.</summary>
    public static Timeline<Contract, ContractEvent> With(
        Timeline<Contract, ContractEvent> timeline, DateTimeOffset at, ContractEvent @event) => timeline.With(
        [new Fact<object>(Guid.Empty, timeline.Version + 1, at, DateTimeOffset.MaxValue, @event)]);

    /// <summary>
    /// What the clock has to record by now: what it says, less what is recorded of it. What was recorded by a clock that has
    /// jumped back since holds as before.
    /// </summary>
    public static Settlement Settle(Timeline<Contract, ContractEvent> timeline, DateTimeOffset now, BusinessCalendar calendar)
    {
        var recorded = timeline.Facts.Where(fact => fact.Voided is null && fact.Event.IsOfClock).ToList();
        var missing = new List<Tick>();
        var until = recorded.Aggregate(now, (latest, fact) => Later(latest, fact.EffectiveAt));
        foreach (var fact in Run(Agreed(timeline), until, calendar).Where(fact => fact.Event.IsOfClock && fact.EffectiveAt <= until))
        {
            var index = recorded.FindIndex(known => known.EffectiveAt == fact.EffectiveAt && known.Event == fact.Event);
            if (index >= 0)
            {
                recorded.RemoveAt(index);
            }
            else if (fact.EffectiveAt <= now && missing.Count < FactsMax)
            {
                missing.Add(new(fact.EffectiveAt, fact.Event));
            }
        }

        return new(recorded, missing);
    }

    private static IEnumerable<Fact<ContractEvent>> Agreed(Timeline<Contract, ContractEvent> timeline) =>
        timeline.Facts.Where(fact => fact.Voided is null && !fact.Event.IsOfClock);

    /// <summary>
    /// What people did with what the clock says in between and after, until an instant. At one instant people go first: a
    /// renewal signed for the day after the term is one, not the renewal of what has expired.
    /// </summary>
    private static IEnumerable<Fact<ContractEvent>> Run(
        IEnumerable<Fact<ContractEvent>> agreed, DateTimeOffset until, BusinessCalendar calendar)
    {
        var state = Contract.Decider.Initial;
        var reached = DateTimeOffset.MinValue;
        foreach (var fact in agreed)
        {
            while (Next(fact.EffectiveAt.AddTicks(-1)) is { } tick)
            {
                yield return tick;
            }

            state = Contract.Decider.Evolve(state, fact);
            reached = fact.EffectiveAt;
            yield return fact;
        }

        while (Next(until) is { } tick)
        {
            yield return tick;
        }

        Fact<ContractEvent>? Next(DateTimeOffset upTo)
        {
            if (DueOf(state, calendar) is not { } due || Later(due.EffectiveAt, reached) is var at && at > upTo)
            {
                return null;
            }

            var tick = new Fact<ContractEvent>(Guid.Empty, 0, Later(due.EffectiveAt, reached), DateTimeOffset.MaxValue, due.Event);
            state = Contract.Decider.Evolve(state, tick);
            reached = tick.EffectiveAt;
            return tick;
        }
    }

    private static DateTimeOffset AfterTerm(Contract state, BusinessCalendar calendar) =>
        calendar.StartOf(state.Term!.End.AddDays(1));

    /// <summary>The first date after the term for which something was billed.</summary>
    private static DateOnly? Performed(Contract state) => state.Receivables.Invoices
        .Where(invoice => invoice.On > state.Term!.End).Select(invoice => (DateOnly?)invoice.On).FirstOrDefault();

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
