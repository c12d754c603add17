namespace SalesOps.Domain.Compensation;

/// <summary>Why a line is there beside the credit's own pay.</summary>
public enum LinePart
{
    /// <summary>What the credit itself earns.</summary>
    Own,

    /// <summary>What the credit changes for an earlier one, by moving a rate that counts for all.</summary>
    TrueUp,

    /// <summary>A credit that was cancelled before its pay was released, walked down again.</summary>
    Cancelled,

    /// <summary>Pay that was not released when the deal was cancelled: it is never paid.</summary>
    Lapsed,
}

/// <summary>A posted line: an amount rounded once, with all that explains it.</summary>
/// <param name="CreditId">The credit that caused it; absent for rewards that no single deal earns.</param>
/// <param name="Component">The id of the component, SPIFF or override that pays.</param>
/// <param name="Rule">The clause: <c>marginal</c>, <c>retroactive</c>, <c>retroToGate</c>, <c>wholeDeal</c>,
/// <c>payCurve</c>, <c>spiff</c> or <c>override</c>.</param>
/// <param name="On">Its date, which decides the pay period.</param>
/// <param name="OriginPeriod">The first day of the plan period in whose accumulator it was reckoned.</param>
/// <param name="Amount">In the plan's currency, rounded.</param>
public sealed record CompensationLine(
    string? CreditId,
    string Component,
    string Rule,
    LinePart Part,
    DateOnly On,
    DateOnly OriginPeriod,
    PlanVersion Version,
    decimal Amount,
    LineInputs Inputs)
{
    /// <summary>For a true-up: the earlier credit whose pay it changes.</summary>
    public string? TrueUpOf { get; init; }

    /// <summary>What a cap took off; a memo, no posting.</summary>
    public decimal Foregone { get; init; }

    /// <summary>A prize: its face value is wages, but no pay.</summary>
    public bool NonCash { get; init; }

    /// <summary>The events that the amount rests on.</summary>
    public IReadOnlyList<Guid> SourceEvents { get; init; } = [];

    /// <summary>The credit whose pay this is, whoever caused it.</summary>
    public string? Earner => TrueUpOf ?? CreditId;
}

/// <summary>The numbers that went into a line; what did not is absent.</summary>
public sealed record LineInputs
{
    /// <summary>The measure that the credit adds, in the plan's currency or in units.</summary>
    public decimal? Credited { get; init; }

    /// <summary>The accumulator before the credit, in the unit of the table.</summary>
    public decimal? Before { get; init; }

    /// <summary>The accumulator after the credit, in the unit of the table.</summary>
    public decimal? After { get; init; }

    /// <summary>The rate applied, or the average of those of the tiers passed.</summary>
    public decimal? Rate { get; init; }

    /// <summary>For a true-up: the rate that the earlier credit had.</summary>
    public decimal? PreviousRate { get; init; }

    public decimal? Quota { get; init; }

    public decimal? TargetVariable { get; init; }

    /// <summary>The average factor of the bands of attainment passed.</summary>
    public decimal? Factor { get; init; }

    /// <summary>The attainment of the component that gates this one.</summary>
    public decimal? GateAttainment { get; internal set; }

    /// <summary>The person's part in percent.</summary>
    public decimal? Percent { get; init; }

    /// <summary>The share of the plan period for which the version counts.</summary>
    public decimal? Weight { get; init; }

    /// <summary>Units or orders rewarded.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The place in a contest.</summary>
    public int? Rank { get; init; }

    /// <summary>The hierarchy's level of an override.</summary>
    public int? Level { get; init; }

    /// <summary>The rate of exchange, where the credit is in another currency.</summary>
    public FxConversion? Fx { get; init; }
}

/// <summary>What moves between the accounts of RULES R22, one member for each row of its table.</summary>
public enum MovementKind
{
    /// <summary>A line was earned: expense or asset to payable, unreleased. Negative for one that is walked down.</summary>
    Earned,

    /// <summary>Pay fell due: payable, unreleased, to payable, due.</summary>
    Released,

    /// <summary>A part of it is kept back: payable, due, to holdback payable.</summary>
    Held,

    /// <summary>Holdback fell due.</summary>
    HoldbackReleased,

    /// <summary>Holdback of a cancelled deal: holdback payable to expense.</summary>
    HoldbackForfeited,

    /// <summary>Unreleased pay of a cancelled deal: payable, unreleased, to expense.</summary>
    UnreleasedCancelled,

    /// <summary>Clawback receivable to expense.</summary>
    ClawedBack,

    /// <summary>More was taken back than was due: clawback receivable to payable, due.</summary>
    Overdrawn,

    /// <summary>Payable, due, to clawback receivable.</summary>
    ClawbackNetted,

    /// <summary>Draw receivable to payable, due.</summary>
    DrawAdvanced,

    /// <summary>Guarantee expense to payable, due.</summary>
    DrawGranted,

    /// <summary>Payable, due, to draw receivable.</summary>
    DrawRecovered,

    /// <summary>Draw forgiveness expense to draw receivable.</summary>
    DrawForgiven,
}

/// <summary>One amount that moves, on a date, with what it rests on.</summary>
/// <param name="Amount">In the plan's currency, rounded; negative where it mirrors.</param>
/// <param name="Rule">The clause that moves it.</param>
/// <param name="OriginPeriod">The first day of the plan period that it belongs to.</param>
public sealed record Movement(
    MovementKind Kind,
    DateOnly On,
    decimal Amount,
    string Rule,
    DateOnly OriginPeriod,
    PlanVersion Version)
{
    /// <summary>The credit whose pay moves; absent where a whole period's does.</summary>
    public string? CreditId { get; init; }

    /// <summary>The line, for one that is earned.</summary>
    public CompensationLine? Line { get; init; }

    public IReadOnlyList<Guid> SourceEvents { get; init; } = [];
}

/// <summary>How far a component came in the plan period of a pay period, by that pay period's end.</summary>
/// <param name="Quota">Absent where there is none.</param>
public sealed record ComponentStanding(string Component, Measure Measure, decimal Credited, decimal? Quota)
{
    /// <summary>Absent without a quota.</summary>
    public decimal? Attainment => Quota is > 0 ? Credited / Quota : null;
}

/// <summary>One pay period; every amount in the plan's currency.</summary>
public sealed record PeriodResult(Period Period)
{
    /// <summary>In the order of their dates.</summary>
    public IReadOnlyList<CompensationLine> Lines { get; init; } = [];

    /// <summary>In the order of RULES R21.</summary>
    public IReadOnlyList<Movement> Movements { get; init; } = [];

    public IReadOnlyList<ComponentStanding> Standings { get; init; } = [];

    /// <summary>Bookings credited in the period; margin where that is all that the plan counts.</summary>
    public decimal Credited { get; init; }

    /// <summary>The sum of the lines, prizes apart; before draw, holdback, cash and clawback.</summary>
    public decimal Earned { get; init; }

    /// <summary>Prizes at their face value.</summary>
    public decimal NonCash { get; init; }

    /// <summary>What caps took off.</summary>
    public decimal Foregone { get; init; }

    /// <summary>Held back in the period.</summary>
    public decimal Held { get; init; }

    /// <summary>Holdback released in the period.</summary>
    public decimal Released { get; init; }

    /// <summary>What fell due in the period, before clawback and draw.</summary>
    public decimal Due { get; init; }

    /// <summary>Clawed back in the period.</summary>
    public decimal Clawback { get; init; }

    /// <summary>Netted against the pay of the period.</summary>
    public decimal ClawbackRecovered { get; init; }

    /// <summary>Still to be recovered at the end.</summary>
    public decimal ClawbackBalance { get; init; }

    /// <summary>Paid above what fell due.</summary>
    public decimal DrawTopUp { get; init; }

    public decimal DrawRecovered { get; init; }

    public decimal DrawForgiven { get; init; }

    /// <summary>Still owed at the end.</summary>
    public decimal DrawBalance { get; init; }

    /// <summary>What is to be paid for the period after all of it; never negative.</summary>
    public decimal Paid { get; init; }
}

/// <summary>What a person earns by a plan.</summary>
/// <param name="Periods">Those that were asked for, in order.</param>
public sealed record CompensationResult(string Currency, IReadOnlyList<PeriodResult> Periods)
{
    /// <summary>The sum of what is paid.</summary>
    public decimal Total => Periods.Sum(period => period.Paid);
}
