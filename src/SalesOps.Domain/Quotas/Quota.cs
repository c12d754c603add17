namespace SalesOps.Domain.Quotas;

/// <summary>What happened to a quota.</summary>
public abstract record QuotaEvent
{
    private QuotaEvent()
    {
    }

    public sealed record Assigned(QuotaTerms Terms) : QuotaEvent;

    /// <param name="Amount">For the whole period.</param>
    public sealed record AmountChanged(QuotaAmount Amount) : QuotaEvent;

    /// <param name="Steps">Instead of the ramp so far; empty for none.</param>
    public sealed record RampChanged(IReadOnlyList<RampStep> Steps, DateOnly? From = null) : QuotaEvent
    {
        public bool Equals(RampChanged? other) => other is not null && From == other.From && Steps.SequenceEqual(other.Steps);

        public override int GetHashCode() => Steps.Count;
    }

    /// <param name="Amount">Taken off what ramp and proration leave, beside earlier relief.</param>
    public sealed record Relieved(QuotaAmount Amount, string Reason) : QuotaEvent;
}

/// <summary>The state of a quota at one instant.</summary>
/// <param name="Assignment">How it was assigned; a repeated creation is told from another one by it.</param>
/// <param name="Terms">What holds at the instant.</param>
/// <param name="Relief">The sum of all relief.</param>
public sealed record Quota(QuotaTerms? Assignment, QuotaTerms? Terms, decimal Relief)
{
    public static Decider<Quota, QuotaEvent> Decider { get; } = new(new Quota(null, null, 0), Evolve, Admit);

    /// <summary>What attainment is measured by.</summary>
    public EffectiveQuota? Effective() => Terms is { } terms ? EffectiveQuota.Of(terms, Relief) : null;

    private static Quota Evolve(Quota state, Fact<QuotaEvent> fact) => fact.Event switch
    {
        QuotaEvent.Assigned e => new(e.Terms, e.Terms, 0),
        QuotaEvent.AmountChanged e when state.Terms is { } terms => state with { Terms = terms with { Amount = e.Amount } },
        QuotaEvent.RampChanged e when state.Terms is { } terms =>
            state with { Terms = terms with { Ramp = e.Steps, RampFrom = e.From } },
        QuotaEvent.Relieved e when state.Terms is not null => state with { Relief = state.Relief + e.Amount.Value },
        _ => state,
    };

    private static Rejection? Admit(Quota state, QuotaEvent @event) => (@event, state.Terms) switch
    {
        (QuotaEvent.Assigned, null) => null,
        (QuotaEvent.Assigned, _) => Rejection.Conflict("quota-exists", "The quota was assigned before."),
        (_, null) => Rejection.Conflict("quota-not-assigned-yet", "The quota was not assigned yet at that time."),
        (QuotaEvent.AmountChanged e, { } terms) => Covered(terms with { Amount = e.Amount }, state.Relief),
        (QuotaEvent.RampChanged e, { } terms) => Covered(terms with { Ramp = e.Steps, RampFrom = e.From }, state.Relief),
        (QuotaEvent.Relieved e, { } terms) => Covered(terms, state.Relief + e.Amount.Value),
        _ => null,
    };

    private static Rejection? Covered(QuotaTerms terms, decimal relief) =>
        relief > 0 && relief > EffectiveQuota.Of(terms, 0).Total.Value
            ? Rejection.Conflict("relief-above-quota", "All relief together is more than the quota that it is taken off.")
            : null;
}
