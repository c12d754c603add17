using System.Globalization;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Compensation;

/// <summary>A compensation plan on the wire.</summary>
/// <param name="PayOn">Default: booking.</param>
/// <param name="OnChange">Default: splitPeriod.</param>
/// <param name="FxRate">Which rate credits in other currencies are converted by. Default: that of the credit date.</param>
/// <param name="Rounding">Of halves. Default: away from zero.</param>
/// <param name="EffectiveAt">When a draft was written. Default: now.</param>
internal sealed record PlanBody(
    string Name,
    string Currency,
    PlanPeriod Period,
    IReadOnlyList<ComponentBody> Components,
    PlanId? Id,
    PayOn? PayOn,
    DrawBody? Draw,
    HoldbackBody? Holdback,
    ClawbackBody? Clawback,
    IReadOnlyList<SpiffBody>? Spiffs,
    IReadOnlyList<OverrideBody>? Overrides,
    PlanChange? OnChange,
    AccountingBody? Accounting,
    FxRateType? FxRate,
    HalfRounding? Rounding,
    DateOrInstant? EffectiveAt = null)
{
    /// <summary>The plan, or what is wrong with it.</summary>
    /// <param name="at">Where the plan stands in the request.</param>
    public (Plan Plan, Rejection? Fault) Read(string at = "")
    {
        var plan = new Plan(
            Name,
            Currency,
            Period,
            [.. Components.Select(component => component.ToComponent())],
            PayOn ?? Domain.Compensation.PayOn.Booking,
            Draw?.ToDraw(),
            Holdback?.ToHoldback(),
            Clawback?.ToClawback(),
            [.. (Spiffs ?? []).Select(spiff => spiff.ToSpiff())],
            [.. (Overrides ?? []).Select(rule => new Override(rule.Level, rule.Rate, rule.ComponentId))],
            OnChange ?? PlanChange.SplitPeriod,
            Accounting?.ToPolicy(),
            FxRate,
            Rounding);
        return (plan, (OtherCurrency() ?? PlanRules.Fault(plan)) is { } fault
            ? fault with { Pointer = at + fault.Pointer }
            : null);
    }

    public static PlanBody Of(Plan plan, PlanId? id)
    {
        QuotaAmount Money(decimal amount) => new(amount, plan.Currency);
        return new(
            plan.Name, plan.Currency, plan.Period, [.. plan.Components.Select(component => ComponentBody.Of(component, Money))], id,
            plan.PayOn,
            plan.Draw is { } draw ? new(draw.Kind, draw.Recoverable, Money(draw.Amount), draw.ForgiveOn, draw.RecoveryRate,
                draw.RecoverAbove is { } above ? Money(above) : null) : null,
            plan.Holdback is { } holdback ? new(holdback.Percent, new(holdback.AfterDays, holdback.On)) : null,
            plan.Clawback is { } clawback ? ClawbackBody.Of(clawback) : null,
            plan.Spiffs.Count == 0 ? null : [.. plan.Spiffs.Select(spiff => SpiffBody.Of(spiff, Money))],
            plan.Overrides.Count == 0
                ? null
                : [.. plan.Overrides.Select(rule => new OverrideBody(rule.Level, rule.Rate, rule.ComponentId))],
            plan.OnChange,
            plan.Accounting is { } policy
                ? new(policy.Capitalise, policy.AmortisationMonths, policy.RenewalCommensurate)
                : null,
            plan.FxRate,
            plan.Rounding);
    }

    /// <summary>Amounts may be given as money or in the plan's currency without saying so.</summary>
    private Rejection? OtherCurrency()
    {
        var amounts = Components.Index().SelectMany(entry => new[]
            {
                (entry.Item.Caps?.Deal, At("/components", entry.Index) + "/caps/deal"),
                (entry.Item.Caps?.Period, At("/components", entry.Index) + "/caps/period"),
                (entry.Item.Caps?.Year, At("/components", entry.Index) + "/caps/year"),
            })
            .Append((Draw?.Amount, "/draw/amount"))
            .Append((Draw?.RecoverAbove, "/draw/recoverAbove"))
            .Concat((Spiffs ?? []).Index().Select(entry => ((QuotaAmount?)entry.Item.Reward, At("/spiffs", entry.Index) + "/reward")));
        foreach (var (amount, place) in amounts)
        {
            if (amount?.Currency is { } currency && currency != Currency)
            {
                return Rejection.Invalid("currency-other", $"The plan is in {Currency}.", place + "/currency");
            }
        }

        return null;
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");
}

/// <param name="Rates">Required unless there is a pay curve.</param>
internal sealed record ComponentBody(
    string Id,
    Measure Measure,
    RatesBody? Rates,
    AppliesToBody? AppliesTo,
    PayCurveBody? PayCurve,
    IReadOnlyList<MultiplierBody>? Multipliers,
    GateBody? Gate,
    CapsBody? Caps)
{
    public Component ToComponent() => new(
        Id,
        Measure,
        Rates?.ToTable(),
        AppliesTo is { } filter ? new([.. filter.ProductIds ?? []], [.. filter.Kinds ?? []]) : null,
        [.. (PayCurve?.Points ?? []).Select(point => new CurvePoint(point.Attainment, point.Pay))],
        [.. (Multipliers ?? []).Select(multiplier => new Multiplier(multiplier.From, multiplier.Factor))],
        Gate is { } gate ? new(gate.ComponentId, gate.Attainment) : null,
        Caps is { } caps ? new(caps.Deal?.Value, caps.Period?.Value, caps.Year?.Value, caps.OverRate) : null);

    public static ComponentBody Of(Component component, Func<decimal, QuotaAmount> money) => new(
        component.Id,
        component.Measure,
        component.Rates is { } rates ? RatesBody.Of(rates) : null,
        component.AppliesTo is { } filter ? new([.. filter.ProductIds], [.. filter.Kinds]) : null,
        component.PayCurve.Count == 0
            ? null
            : new([.. component.PayCurve.Select(point => new CurvePointBody(point.Attainment, point.Pay))]),
        component.Multipliers.Count == 0
            ? null
            : [.. component.Multipliers.Select(multiplier => new MultiplierBody(multiplier.From, multiplier.Factor))],
        component.Gate is { } gate ? new(gate.ComponentId, gate.Attainment) : null,
        component.Caps is { } caps
            ? new(Optional(caps.Deal, money), Optional(caps.Period, money), Optional(caps.Year, money), caps.OverRate)
            : null);

    private static QuotaAmount? Optional(decimal? amount, Func<decimal, QuotaAmount> money) =>
        amount is { } known ? money(known) : null;
}

/// <param name="ProductIds">Only credits with one of these products.</param>
/// <param name="Kinds">Only credits of these kinds, for example overlay.</param>
internal sealed record AppliesToBody(IReadOnlyList<string>? ProductIds, IReadOnlyList<string>? Kinds);

/// <param name="Boundary">Which tier applies exactly at a bound. Default: higher.</param>
internal sealed record RatesBody(
    RateKind Kind, RateUnit Unit, TierBoundary? Boundary, IReadOnlyList<TierBody>? Tiers, GateRatesBody? RetroToGate)
{
    public RateTable ToTable() => new(
        Kind,
        Unit,
        [.. (Tiers ?? []).Select(tier => new Tier(tier.From, tier.Rate, tier.Multiplier))],
        Boundary ?? TierBoundary.Higher,
        RetroToGate is { } gate ? new(gate.Gate, gate.BaseRate, gate.Rate, gate.OverRate) : null);

    public static RatesBody Of(RateTable rates) => new(
        rates.Kind,
        rates.Unit,
        rates.Boundary,
        rates.Tiers.Count == 0 ? null : [.. rates.Tiers.Select(tier => new TierBody(tier.From, tier.Rate, tier.Multiplier))],
        rates.RetroToGate is { } gate ? new(gate.Gate, gate.BaseRate, gate.Rate, gate.OverRate) : null);
}

/// <param name="From">In the unit of the table.</param>
internal sealed record TierBody(decimal From, decimal? Rate, decimal? Multiplier);

/// <param name="Gate">In the unit of the table.</param>
internal sealed record GateRatesBody(decimal Gate, decimal BaseRate, decimal Rate, decimal OverRate);

internal sealed record PayCurveBody(IReadOnlyList<CurvePointBody> Points);

internal sealed record CurvePointBody(decimal Attainment, decimal Pay);

internal sealed record MultiplierBody(decimal From, decimal Factor);

internal sealed record GateBody(string ComponentId, decimal Attainment);

/// <param name="OverRate">The part of what exceeds a cap that is paid all the same. Default: none.</param>
internal sealed record CapsBody(QuotaAmount? Deal, QuotaAmount? Period, QuotaAmount? Year, decimal? OverRate);

internal sealed record DrawBody(DrawKind Kind, bool Recoverable, QuotaAmount Amount, DateOnly? ForgiveOn, decimal? RecoveryRate,
    QuotaAmount? RecoverAbove)
{
    public Draw ToDraw() => new(Kind, Recoverable, Amount.Value, ForgiveOn, RecoveryRate, RecoverAbove?.Value);
}

internal sealed record HoldbackBody(decimal Percent, HoldbackReleaseBody? Release)
{
    public Holdback ToHoldback() => new(Percent, Release?.AfterDays, Release?.On);
}

internal sealed record HoldbackReleaseBody(int? AfterDays, DateOnly? On);

/// <param name="RatePolicy">Default: original.</param>
/// <param name="AttainmentEffect">Default: false.</param>
internal sealed record ClawbackBody(
    ClawbackMethod Method,
    int? WindowDays,
    int? TermMonths,
    IReadOnlyList<ClawbackStepBody>? Table,
    decimal? MaxRecoveryShare,
    ClawbackRatePolicy? RatePolicy,
    bool? AttainmentEffect)
{
    public Clawback ToClawback() => new(
        Method,
        RatePolicy ?? ClawbackRatePolicy.Original,
        AttainmentEffect ?? false,
        WindowDays,
        TermMonths,
        [.. (Table ?? []).Select(step => new ClawbackStep(step.FromDay, step.Percent))],
        MaxRecoveryShare);

    public static ClawbackBody Of(Clawback clawback) => new(
        clawback.Method,
        clawback.WindowDays,
        clawback.TermMonths,
        clawback.Table.Count == 0 ? null : [.. clawback.Table.Select(step => new ClawbackStepBody(step.FromDay, step.Percent))],
        clawback.MaxRecoveryShare,
        clawback.RatePolicy,
        clawback.AttainmentEffect);
}

internal sealed record ClawbackStepBody(int FromDay, decimal Percent);

/// <param name="From">The first day.</param>
/// <param name="To">The day after the last.</param>
internal sealed record SpiffBody(
    string Id, DateOnly From, DateOnly To, SpiffTriggerBody Trigger, QuotaAmount Reward, bool? NonCash)
{
    public Spiff ToSpiff() => new(
        Id, From, To, Trigger.Kind, Reward.Value, Trigger.ProductId, Trigger.MinQuantity?.Value, Trigger.N, NonCash ?? false);

    public static SpiffBody Of(Spiff spiff, Func<decimal, QuotaAmount> money) => new(
        spiff.Id, spiff.From, spiff.To,
        new(spiff.Trigger, spiff.ProductId, spiff.MinQuantity is { } least ? new(least) : null, spiff.Places),
        money(spiff.Reward), spiff.NonCash ? true : null);
}

/// <param name="N">How many are rewarded. Default: 1.</param>
internal sealed record SpiffTriggerBody(SpiffTrigger Kind, string? ProductId, Quantity? MinQuantity, int? N);

/// <param name="Level">1 for direct reports.</param>
internal sealed record OverrideBody(int Level, decimal Rate, string? ComponentId);

/// <param name="AmortisationMonths">Default: the contract's term, or 12 where there is none.</param>
/// <param name="RenewalCommensurate">Renewals earn as much, so that the term alone counts. Default: true unless months are given.</param>
internal sealed record AccountingBody(bool Capitalise, int? AmortisationMonths, bool? RenewalCommensurate)
{
    public ContractCostPolicy ToPolicy() => new(Capitalise, AmortisationMonths, RenewalCommensurate ?? AmortisationMonths is null);
}
