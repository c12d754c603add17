using System.Globalization;
using System.Text.Json.Serialization;

namespace SalesOps.Domain.Compensation;

/// <summary>How long the accumulators of a plan run; quotas, target variables and draws are per plan period.</summary>
public enum PlanPeriod
{
    Month,
    Quarter,
    Year,
}

/// <summary>How a table of tiers pays (RULES R11).</summary>
public enum RateKind
{
    /// <summary>Each part of the total at the rate of its own tier.</summary>
    Marginal,

    /// <summary>The whole total at the rate reached.</summary>
    Retroactive,

    /// <summary>Below a gate one rate, at the gate another on all, above quota a third on the excess.</summary>
    RetroToGate,

    /// <summary>Each deal whole at the rate that the total has reached with it.</summary>
    WholeDeal,
}

/// <summary>In what the bounds of a table are.</summary>
public enum RateUnit
{
    /// <summary>The measure itself: money of the plan's currency, or units.</summary>
    Amount,

    /// <summary>The measure ÷ quota.</summary>
    Attainment,

    /// <summary>The number of deals; of units where they are the measure.</summary>
    Count,
}

/// <summary>Which tier applies exactly at a bound.</summary>
public enum TierBoundary
{
    /// <summary><c>lower ≤ x &lt; upper</c>.</summary>
    Higher,

    /// <summary><c>lower &lt; x ≤ upper</c>.</summary>
    Lower,
}

/// <summary>Whether a draw fills up to its amount, or comes on top of what is earned (RULES R16).</summary>
public enum DrawKind
{
    Guarantee,
    Additional,
}

/// <summary>When pay is released.</summary>
public enum PayOn
{
    /// <summary>With the period of the credit.</summary>
    Booking,

    /// <summary>As the customer pays (RULES R17).</summary>
    Cash,
}

/// <summary>How much of what was paid is clawed back (RULES R18).</summary>
public enum ClawbackMethod
{
    Full,

    /// <summary>The unserved share of the term.</summary>
    ProRata,

    /// <summary>A percentage by the days since the credit.</summary>
    Table,
}

/// <summary>At which rates a clawback is reckoned (RULES R18).</summary>
public enum ClawbackRatePolicy
{
    /// <summary>What was paid is taken back.</summary>
    Original,

    /// <summary>A negative credit at the rates and attainment of the period of the cancellation.</summary>
    Current,

    /// <summary>The origin period reckoned again without the deal.</summary>
    Restate,
}

/// <summary>What a SPIFF rewards (RULES R15).</summary>
public enum SpiffTrigger
{
    PerUnit,
    PerOrder,

    /// <summary>The first n qualifying orders of all who take part.</summary>
    FirstN,

    /// <summary>The n participants with the greatest totals.</summary>
    Ranking,
}

/// <summary>How a change of version within a plan period is reckoned (RULES R20); the later version's choice decides.</summary>
public enum PlanChange
{
    /// <summary>Sub-periods with their own prorated quota, accumulator and rates.</summary>
    SplitPeriod,

    /// <summary>The version in force at the credit date, one accumulator.</summary>
    DealDate,

    /// <summary>Attainment carries into the new table.</summary>
    Carry,

    /// <summary>Both tables over the whole period, weighted by days.</summary>
    Blended,
}

/// <summary>Which rate of exchange a credit in another currency is converted by (RULES R23).</summary>
public enum FxRateType
{
    /// <summary>That of the credit date.</summary>
    BookingDate,

    /// <summary>The mean of the days of the plan period.</summary>
    PeriodAverage,

    /// <summary>That of the first day of the calendar year.</summary>
    PlanYear,

    /// <summary>That of the last day of the plan period.</summary>
    PayDate,
}

/// <summary>Which way half a unit of the currency goes (RULES R24).</summary>
public enum HalfRounding
{
    AwayFromZero,
    HalfEven,
}

/// <summary>A compensation plan: how credit becomes pay.</summary>
/// <param name="Currency">Of its bounds, amounts and pay.</param>
/// <param name="Clawback">Absent: what was paid stays paid.</param>
/// <param name="OnChange">How a change to this version within a plan period is reckoned.</param>
/// <param name="Accounting">Absent: pay is expensed as it is earned.</param>
/// <param name="FxRate">Absent: that of the credit date.</param>
/// <param name="Rounding">Absent: away from zero. Of a person's plans in one currency the first decides.</param>
public sealed record Plan(
    string Name,
    string Currency,
    PlanPeriod Period,
    ValueList<Component> Components,
    [property: JsonRequired] PayOn PayOn = PayOn.Booking,
    Draw? Draw = null,
    Holdback? Holdback = null,
    Clawback? Clawback = null,
    [property: JsonRequired] ValueList<Spiff> Spiffs = default,
    [property: JsonRequired] ValueList<Override> Overrides = default,
    [property: JsonRequired] PlanChange OnChange = PlanChange.SplitPeriod,
    ContractCostPolicy? Accounting = null,
    FxRateType? FxRate = null,
    HalfRounding? Rounding = null)
{
    /// <summary>The period of the plan that a date falls in.</summary>
    public Period PeriodOf(DateOnly date) => Period switch
    {
        PlanPeriod.Month => Domain.Period.MonthOf(date),
        PlanPeriod.Quarter => Domain.Period.QuarterOf(date),
        _ => new(new DateOnly(date.Year, 1, 1), new DateOnly(date.Year + 1, 1, 1)),
    };

    /// <summary>The component of that id; null where there is none.</summary>
    public Component? Find(string componentId)
    {
        foreach (var component in Components)
        {
            if (component.Id == componentId)
            {
                return component;
            }
        }

        return null;
    }
}

/// <summary>One way to earn within a plan.</summary>
/// <param name="Id">Unique within the plan.</param>
/// <param name="AppliesTo">Which credits count; all where absent.</param>
/// <param name="Rates">Absent only where there is a pay curve.</param>
/// <param name="PayCurve">Pays instead of the rates: the share of the target variable at an attainment.</param>
/// <param name="Multipliers">A factor per band of attainment, on what falls into the band; 1 below the first.</param>
/// <param name="Gate">Pays only where another component's attainment in the period is reached.</param>
public sealed record Component(
    string Id,
    Measure Measure,
    RateTable? Rates = null,
    CreditFilter? AppliesTo = null,
    [property: JsonRequired] ValueList<CurvePoint> PayCurve = default,
    [property: JsonRequired] ValueList<Multiplier> Multipliers = default,
    Gate? Gate = null,
    Caps? Caps = null)
{
    /// <summary>Whether pay depends on attainment, so that nothing can be reckoned without a quota above 0.</summary>
    [JsonIgnore]
    public bool NeedsQuota => PayCurve.Count > 0 || Multipliers.Count > 0
        || Rates is { Unit: RateUnit.Attainment } or { Kind: RateKind.RetroToGate } || NeedsTargetVariable;

    /// <summary>Whether pay is a share of the target variable.</summary>
    [JsonIgnore]
    public bool NeedsTargetVariable => PayCurve.Count > 0 || Rates?.Tiers.Any(tier => tier.Multiplier is not null) == true;

    /// <summary>The clause by which it pays, as lines name it.</summary>
    [JsonIgnore]
    public string Rule => PayCurve.Count > 0 || Rates is null ? "payCurve" : EnumName<RateKind>.Of(Rates.Kind);
}

/// <summary>Which credits a component counts.</summary>
/// <param name="ProductIds">Those with one of these products; all where empty.</param>
/// <param name="Kinds">Those of these kinds; all where empty.</param>
public sealed record CreditFilter(
    [property: JsonRequired] ValueList<string> ProductIds = default,
    [property: JsonRequired] ValueList<string> Kinds = default);

/// <summary>A table of tiers, or the rates around a gate.</summary>
public sealed record RateTable(
    RateKind Kind,
    RateUnit Unit,
    [property: JsonRequired] ValueList<Tier> Tiers = default,
    [property: JsonRequired] TierBoundary Boundary = TierBoundary.Higher,
    GateRates? RetroToGate = null);

/// <summary>A tier: up to the next one's bound.</summary>
/// <param name="From">In the unit of the table; 0 for the first.</param>
/// <param name="Rate">Of the measure: a ratio of money, or money per unit.</param>
/// <param name="Multiplier">Instead of a rate: times the base rate, which is target variable ÷ quota (RULES R12).</param>
public sealed record Tier(decimal From, decimal? Rate = null, decimal? Multiplier = null);

/// <summary>The rates of a plan that is retroactive to a gate.</summary>
/// <param name="Gate">In the unit of the table.</param>
/// <param name="BaseRate">On all, below the gate.</param>
/// <param name="Rate">On all, from the gate on.</param>
/// <param name="OverRate">On what exceeds the quota.</param>
public sealed record GateRates(decimal Gate, decimal BaseRate, decimal Rate, decimal OverRate);

/// <summary>A point of a pay curve.</summary>
/// <param name="Attainment">A ratio of quota.</param>
/// <param name="Pay">A ratio of the target variable.</param>
public sealed record CurvePoint(decimal Attainment, decimal Pay);

/// <summary>An accelerator or decelerator.</summary>
/// <param name="From">Attainment from which it holds.</param>
public sealed record Multiplier(decimal From, decimal Factor);

/// <summary>Another component that must reach an attainment in the plan period.</summary>
public sealed record Gate(string ComponentId, decimal Attainment);

/// <summary>Limits in the plan's currency on what a component pays per deal, plan period and calendar year (RULES R13).</summary>
/// <param name="OverRate">The part of what exceeds a limit that is paid all the same, as a ratio; none where absent.</param>
public sealed record Caps(decimal? Deal = null, decimal? Period = null, decimal? Year = null, decimal? OverRate = null);

/// <summary>An advance per plan period.</summary>
/// <param name="Recoverable">Whether it is owed back from later pay above it.</param>
/// <param name="Amount">Per plan period, in the plan's currency.</param>
/// <param name="ForgiveOn">When a balance still owed is written off.</param>
/// <param name="RecoveryRate">The part of what is earned above the bound that goes to the balance, as a ratio; all where absent.</param>
/// <param name="RecoverAbove">The bound down to which earnings pay the balance back, where it is not the draw's amount.</param>
public sealed record Draw(
    DrawKind Kind, bool Recoverable, decimal Amount, DateOnly? ForgiveOn = null, decimal? RecoveryRate = null,
    decimal? RecoverAbove = null);

/// <summary>A part of pay that is kept back for a while.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="AfterDays">Days after the credit; or</param>
/// <param name="On">a date. Neither: it stays held.</param>
public sealed record Holdback(decimal Percent, int? AfterDays = null, DateOnly? On = null);

/// <summary>What happens to pay when a deal is cancelled after pay was released.</summary>
/// <param name="Method">How much of it is taken back.</param>
/// <param name="RatePolicy">At which rates.</param>
/// <param name="AttainmentEffect">Whether attainment of the period of the cancellation falls too.</param>
/// <param name="WindowDays">Only within so many days after the credit.</param>
/// <param name="TermMonths">The term for a pro rata share; absent: the credit's own dates.</param>
/// <param name="Table">The percentage from a day after the credit on.</param>
/// <param name="MaxRecoveryShare">The part of a period's pay that may be netted, as a ratio; all where absent.</param>
public sealed record Clawback(
    ClawbackMethod Method,
    [property: JsonRequired] ClawbackRatePolicy RatePolicy = ClawbackRatePolicy.Original,
    [property: JsonRequired] bool AttainmentEffect = false,
    int? WindowDays = null,
    int? TermMonths = null,
    [property: JsonRequired] ValueList<ClawbackStep> Table = default,
    decimal? MaxRecoveryShare = null);

/// <summary>A row of a sliding table.</summary>
/// <param name="FromDay">Days since the credit.</param>
/// <param name="Percent">Of what was paid, 0 to 100.</param>
public sealed record ClawbackStep(int FromDay, decimal Percent);

/// <summary>A time-boxed reward of a fixed value.</summary>
/// <param name="From">The first credit date.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Reward">In the plan's currency; the face value of a prize.</param>
/// <param name="ProductId">Counts this product only.</param>
/// <param name="MinQuantity">An order with fewer units doesn't count.</param>
/// <param name="Places">How many are rewarded, for the first n and rankings.</param>
/// <param name="NonCash">A prize: taxable at its face value, but no pay.</param>
public sealed record Spiff(
    string Id,
    DateOnly From,
    DateOnly To,
    SpiffTrigger Trigger,
    decimal Reward,
    string? ProductId = null,
    decimal? MinQuantity = null,
    int? Places = null,
    [property: JsonRequired] bool NonCash = false);

/// <summary>A manager's rate on the credit of those below.</summary>
/// <param name="Level">1 for direct reports.</param>
/// <param name="Rate">Of the measure.</param>
/// <param name="ComponentId">What counts, as that component counts it; bookings where absent.</param>
public sealed record Override(int Level, decimal Rate, string? ComponentId = null);

/// <summary>Whether pay is capitalised as a cost to obtain a contract, and over what time it is amortised (RULES R25).</summary>
/// <param name="AmortisationMonths">Absent: over the contract's term.</param>
/// <param name="RenewalCommensurate">Whether a renewal earns as much as a first sale, so that renewals don't prolong the time.</param>
public sealed record ContractCostPolicy(
    bool Capitalise, int? AmortisationMonths = null, [property: JsonRequired] bool RenewalCommensurate = true);

/// <summary>A version of a plan as it was published; it never changes.</summary>
/// <param name="Number">From 1; 0 for a plan that is not published.</param>
/// <param name="Hash">SHA-256 over the canonical JSON, in lower-case hex; empty for a plan that is not published.</param>
public sealed record PlanVersion(PlanId Id, int Number, string Hash, Plan Plan)
{
    /// <summary>The plan and its version in one word, as ledger lines name it: <c>base-2026@3</c>.</summary>
    [JsonIgnore]
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Id}@{Number}");
}
