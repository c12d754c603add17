namespace SalesOps.Domain.Compensation;

/// <summary>A version of a plan in force for a person.</summary>
/// <param name="From">The first day; a change within a plan period starts a sub-period (RULES R20).</param>
/// <param name="TargetVariable">Per plan period, in the plan's currency.</param>
/// <param name="Quota">Per plan period, for every measure that <see cref="CompensationInput.Quotas"/> says nothing of.</param>
public sealed record PlanTerm(PlanVersion Version, DateOnly From, decimal? TargetVariable = null, decimal? Quota = null)
{
    /// <summary>The day after the last; absent until the next term begins, or for ever.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The events that put it in force.</summary>
    public IReadOnlyList<Guid> SourceEvents { get; init; } = [];
}

/// <summary>The effective quota of one plan period: after ramp, relief and proration (RULES R10).</summary>
/// <param name="Period">The plan period's first day.</param>
public sealed record PeriodQuota(DateOnly Period, Measure Measure, decimal Amount)
{
    public IReadOnlyList<Guid> SourceEvents { get; init; } = [];
}

/// <summary>Another participant of contests, with what they were credited.</summary>
public sealed record Rival(string RepId, IReadOnlyList<Credit> Credits);

/// <summary>All that one person's pay is computed from. The same input gives the same result for ever.</summary>
/// <param name="RepId">Whose pay it is; decides ties of rankings.</param>
/// <param name="Terms">In the order of their days, not overlapping; a credit on a day without one is not eligible. All in
/// one currency, with one length of period.</param>
/// <param name="Periods">The pay periods asked for, in order; each within a plan period. Those before and between them
/// are reckoned too, since balances run through.</param>
public sealed record CompensationInput(
    string RepId, IReadOnlyList<PlanTerm> Terms, IReadOnlyList<Credit> Credits, IReadOnlyList<Period> Periods)
{
    /// <summary>The quotas of single plan periods.</summary>
    public IReadOnlyList<PeriodQuota> Quotas { get; init; } = [];

    /// <summary>Rates for credits in other currencies than the plan's.</summary>
    public FxRates Rates { get; init; } = FxRates.None;

    /// <summary>The others of contests; empty where the person is alone in them.</summary>
    public IReadOnlyList<Rival> Rivals { get; init; } = [];
}
