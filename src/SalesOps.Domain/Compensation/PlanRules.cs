using System.Globalization;

namespace SalesOps.Domain.Compensation;

/// <summary>What every plan must be for a computation to make sense of it; drafts and calculations ask alike.</summary>
public static class PlanRules
{
    private const int ListMax = 100;
    private const int MonthsMax = 600;
    private const int DaysMax = 3660;
    private const int LevelMax = 20;
    private const decimal RateMax = 1_000_000_000;

    /// <summary>The first thing that is wrong with a plan, with a pointer into it; null where nothing is.</summary>
    public static Rejection? Fault(Plan plan) =>
        InputRules.Text(plan.Name, "/name")
        ?? (Currencies.Exists(plan.Currency)
            ? null
            : Rejection.Invalid("currency-unknown", $"'{plan.Currency}' is no currency of ISO 4217.", "/currency"))
        ?? Each(plan.Components, "/components", 1, Component)
        ?? Unique(plan.Components.Select(component => component.Id), "/components")
        ?? Gates(plan)
        ?? (plan.Draw is { } draw ? Draw(draw, plan.Currency) : null)
        ?? (plan.Holdback is { } holdback ? Holdback(holdback) : null)
        ?? (plan.Clawback is { } clawback ? Clawback(clawback) : null)
        ?? Each(plan.Spiffs, "/spiffs", 0, (spiff, place) => Spiff(spiff, plan.Currency, place))
        ?? Unique(plan.Spiffs.Select(spiff => spiff.Id), "/spiffs")
        ?? Each(plan.Overrides, "/overrides", 0, (rule, place) => Override(rule, plan, place))
        ?? (plan.Accounting?.AmortisationMonths is < 1 or > MonthsMax
            ? Rejection.Invalid(
                "months-range", Between(1, MonthsMax, "months"), "/accounting/amortisationMonths")
            : null);

    private static Rejection? Component(Component component, string place) =>
        Id(component.Id, place)
        ?? (component is { Rates: null, PayCurve.Count: 0 }
            ? Rejection.Invalid("rates-missing", "A component pays by rates or by a pay curve.", place + "/rates")
            : null)
        ?? (component.Rates is { } rates && component.PayCurve.Count == 0 ? Rates(rates, place + "/rates") : null)
        ?? Each(component.PayCurve, place + "/payCurve/points", 0, (point, at) =>
            Range(point.Attainment, 0, RateMax, at + "/attainment") ?? Range(point.Pay, 0, RateMax, at + "/pay"))
        ?? Ascending(component.PayCurve.Select(point => point.Attainment), place + "/payCurve/points", "/attainment", "points")
        ?? Each(component.Multipliers, place + "/multipliers", 0, (multiplier, at) =>
            Range(multiplier.From, 0, RateMax, at + "/from") ?? Range(multiplier.Factor, 0, RateMax, at + "/factor"))
        ?? Ascending(component.Multipliers.Select(multiplier => multiplier.From), place + "/multipliers", "/from", "bands")
        ?? (component.Gate is { Attainment: <= 0 }
            ? Rejection.Invalid("gate-range", "A gate is above 0.", place + "/gate/attainment")
            : null)
        ?? Range(component.Caps?.Deal, 0, RateMax * RateMax, place + "/caps/deal")
        ?? Range(component.Caps?.Period, 0, RateMax * RateMax, place + "/caps/period")
        ?? Range(component.Caps?.Year, 0, RateMax * RateMax, place + "/caps/year")
        ?? Range(component.Caps?.OverRate, 0, 1, place + "/caps/overRate");

    private static Rejection? Rates(RateTable rates, string place)
    {
        if (rates.Kind == RateKind.RetroToGate)
        {
            return rates switch
            {
                { RetroToGate: null } =>
                    Rejection.Invalid("gate-missing", "The rates around a gate are given in retroToGate.", place + "/retroToGate"),
                { Tiers.Count: > 0 } =>
                    Rejection.Invalid("tiers-unused", "A table that is retroactive to a gate has no tiers.", place + "/tiers"),
                { RetroToGate.Gate: <= 0 } =>
                    Rejection.Invalid("gate-range", "A gate is above 0.", place + "/retroToGate/gate"),
                { RetroToGate: var gate } => Range(gate.BaseRate, 0, RateMax, place + "/retroToGate/baseRate")
                    ?? Range(gate.Rate, 0, RateMax, place + "/retroToGate/rate")
                    ?? Range(gate.OverRate, 0, RateMax, place + "/retroToGate/overRate"),
            };
        }

        if (rates.RetroToGate is not null)
        {
            return Rejection.Invalid("gate-unused", "Only the kind retroToGate has rates around a gate.", place + "/retroToGate");
        }

        return Each(rates.Tiers, place + "/tiers", 1, Tier)
            ?? (rates.Tiers[0].From > 0
                ? Rejection.Invalid(
                    "tier-gap", "The first tier begins at 0: below it nothing is said.", place + "/tiers/0/from")
                : null)
            ?? Ascending(rates.Tiers.Select(tier => tier.From), place + "/tiers", "/from", "tiers");
    }

    private static Rejection? Tier(Tier tier, string place) => tier switch
    {
        { From: < 0 } => Rejection.Invalid("tier-range", "A bound is not negative.", place + "/from"),
        { Rate: null, Multiplier: null } or { Rate: not null, Multiplier: not null } =>
            Rejection.Invalid("tier-rate", "A tier has either a rate or a multiplier.", place + "/rate"),
        _ => Range(tier.Rate, 0, RateMax, place + "/rate") ?? Range(tier.Multiplier, 0, RateMax, place + "/multiplier"),
    };

    private static Rejection? Gates(Plan plan)
    {
        foreach (var (index, component) in plan.Components.Index())
        {
            if (component.Gate is { } gate && (plan.Find(gate.ComponentId) is null || gate.ComponentId == component.Id))
            {
                return Rejection.Invalid(
                    "gate-component-unknown", $"The plan has no other component '{gate.ComponentId}'.",
                    At("/components", index) + "/gate/componentId");
            }
        }

        return null;
    }

    private static Rejection? Draw(Draw draw, string currency) =>
        Range(draw.Amount, 0, RateMax * RateMax, "/draw/amount") ?? Exact(draw.Amount, currency, "/draw/amount")
        ?? InputRules.Date(draw.ForgiveOn, "/draw/forgiveOn")
        ?? Range(draw.RecoveryRate, 0, 1, "/draw/recoveryRate") ?? Range(draw.RecoverAbove, 0, draw.Amount, "/draw/recoverAbove")
        ?? (draw is { Recoverable: false } and ({ RecoveryRate: not null } or { RecoverAbove: not null })
            ? Rejection.Invalid("draw-not-owed", "Only a recoverable draw is paid back.", "/draw/recoverable")
            : null)
        ?? (draw is { ForgiveOn: not null, Recoverable: false }
            ? Rejection.Invalid("draw-not-owed", "Only a recoverable draw can be forgiven.", "/draw/forgiveOn")
            : null);

    private static Rejection? Holdback(Holdback holdback) =>
        Range(holdback.Percent, 0, 100, "/holdback/percent")
        ?? (holdback is { AfterDays: not null, On: not null }
            ? Rejection.Invalid("one-release", "Holdback is released after days or on a date.", "/holdback/release")
            : null)
        ?? Range(holdback.AfterDays, 0, DaysMax, "/holdback/release/afterDays");

    private static Rejection? Clawback(Clawback clawback) =>
        Range(clawback.WindowDays, 0, DaysMax, "/clawback/windowDays")
        ?? Range(clawback.TermMonths, 1, MonthsMax, "/clawback/termMonths")
        ?? Range(clawback.MaxRecoveryShare, 0, 1, "/clawback/maxRecoveryShare")
        ?? (clawback.Method == ClawbackMethod.Table == (clawback.Table.Count == 0)
            ? Rejection.Invalid("clawback-table", "The method table, and only it, has a table.", "/clawback/table")
            : null)
        ?? Each(clawback.Table, "/clawback/table", 0, (step, at) =>
            Range(step.FromDay, 0, DaysMax, at + "/fromDay") ?? Range(step.Percent, 0, 100, at + "/percent"))
        ?? Ascending(clawback.Table.Select(step => (decimal)step.FromDay), "/clawback/table", "/fromDay", "rows");

    private static Rejection? Spiff(Spiff spiff, string currency, string place) =>
        Id(spiff.Id, place)
        ?? (spiff.From >= spiff.To
            ? Rejection.Invalid("range-empty", "A SPIFF ends after it begins.", place + "/to")
            : null)
        ?? Range(spiff.Reward, 0, RateMax * RateMax, place + "/reward") ?? Exact(spiff.Reward, currency, place + "/reward")
        ?? Range(spiff.Places, 1, RateMax, place + "/trigger/n")
        ?? Range(spiff.MinQuantity, 0, RateMax, place + "/trigger/minQuantity");

    private static Rejection? Override(Override rule, Plan plan, string place) =>
        Range(rule.Level, 1, LevelMax, place + "/level") ?? Range(rule.Rate, 0, RateMax, place + "/rate")
        ?? (rule.ComponentId is { } id && plan.Find(id) is null
            ? Rejection.Invalid("component-unknown", $"The plan has no component '{id}'.", place + "/componentId")
            : null);

    private static Rejection? Id(string id, string place) => Identifier.IsValid(id)
        ? null
        : Rejection.Invalid("bad-id", "An id has 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '~' and '-'.", place + "/id");

    private static Rejection? Unique(IEnumerable<string> ids, string list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, id) in ids.Index())
        {
            if (!seen.Add(id))
            {
                return Rejection.Invalid("id-twice", $"'{id}' is there twice.", At(list, index) + "/id");
            }
        }

        return null;
    }

    private static Rejection? Ascending(IEnumerable<decimal> bounds, string list, string member, string what)
    {
        decimal? last = null;
        foreach (var (index, bound) in bounds.Index())
        {
            if (bound <= last)
            {
                return Rejection.Invalid(
                    bound == last ? $"{what}-overlap" : $"{what}-order", $"The {what} come in ascending order of their bounds.",
                    At(list, index) + member);
            }

            last = bound;
        }

        return null;
    }

    private static Rejection? Range(decimal? value, decimal least, decimal most, string place) => value < least || value > most
        ? Rejection.Invalid("out-of-range", Between(least, most, "is allowed here"), place)
        : null;

    private static Rejection? Exact(decimal amount, string currency, string place) => new Money(amount, currency).IsExact
        ? null
        : Rejection.Invalid("amount-decimals", $"{currency} has fewer decimals than that.", place);

    private static Rejection? Each<T>(ValueList<T> items, string list, int least, Func<T, string, Rejection?> check)
    {
        if (items.Count < least || items.Count > ListMax)
        {
            return Rejection.Invalid("list-length", Between(least, ListMax, "items are allowed here"), list);
        }

        for (var index = 0; index < items.Count; index++)
        {
            if (check(items[index], At(list, index)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string Between(decimal least, decimal most, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{least} to {most} {what}.");

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");
}
