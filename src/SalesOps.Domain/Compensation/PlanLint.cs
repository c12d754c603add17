using System.Globalization;

namespace SalesOps.Domain.Compensation;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Most plans don't mean it so.</summary>
    Warning,
}

/// <summary>Something about a plan that its author should know before people are paid by it.</summary>
/// <param name="Code">Stable and kebab-case.</param>
/// <param name="Pointer">Where in the plan it lies, as a JSON pointer.</param>
/// <param name="Amount">Its price in the plan's currency, where it can be told.</param>
public sealed record Finding(
    string Code, FindingSeverity Severity, string Pointer, string Detail, decimal? Amount = null);

/// <summary>Looks through a plan that can be computed for what it should perhaps not do (RULES R11).</summary>
public static class PlanLint
{
    /// <param name="plan">A plan without a fault.</param>
    /// <param name="quota">A typical quota, to price what lies at an attainment.</param>
    /// <param name="targetVariable">A typical target variable, to price shares of it.</param>
    public static IReadOnlyList<Finding> Find(Plan plan, decimal? quota = null, decimal? targetVariable = null)
    {
        var findings = new List<Finding>();
        foreach (var (index, component) in plan.Components.Index())
        {
            var place = At("/components", index);
            if (component.PayCurve.Count > 0)
            {
                Curve(component, place, targetVariable, findings);
            }
            else if (component.Rates is { } rates)
            {
                Tiers(rates, place + "/rates", quota, targetVariable, findings);
                Exposure(component, rates, place, findings);
            }

            if (component.Multipliers is [{ From: > 0 }, ..])
            {
                findings.Add(new(
                    "multiplier-gap", FindingSeverity.Note, place + "/multipliers/0/from",
                    "Below the first band the factor is 1."));
            }

            if (component.AppliesTo is not { Kinds.Count: > 0 })
            {
                findings.Add(new(
                    "splits-overlay", FindingSeverity.Note, place + "/appliesTo",
                    "Overlay credit counts here like revenue credit, so a deal may pay more than once over."));
            }
        }

        if (plan.Clawback is { Method: ClawbackMethod.Table, Table: [{ FromDay: > 0 }, ..] })
        {
            findings.Add(new(
                "clawback-gap", FindingSeverity.Warning, "/clawback/table/0/fromDay",
                "Before the first day of the table nothing is clawed back."));
        }

        foreach (var (index, spiff) in plan.Spiffs.Index())
        {
            if (spiff.Trigger is SpiffTrigger.PerOrder or SpiffTrigger.FirstN)
            {
                findings.Add(new(
                    "splits-spiff", FindingSeverity.Note, At("/spiffs", index),
                    "Everybody with a part of a deal gets the whole reward."));
            }
        }

        if (plan.Holdback is { AfterDays: null, On: null })
        {
            findings.Add(new(
                "holdback-unreleased", FindingSeverity.Warning, "/holdback/release", "What is held back is never released."));
        }

        return findings;
    }

    private static void Tiers(RateTable rates, string place, decimal? quota, decimal? targetVariable, List<Finding> findings)
    {
        var steps = rates.RetroToGate is { } gate
            ? [(From: 0m, Rate: (decimal?)gate.BaseRate, Multiplier: (decimal?)null), (gate.Gate, gate.Rate, null)]
            : rates.Tiers.Select(tier => (tier.From, tier.Rate, tier.Multiplier)).ToArray();
        for (var index = 1; index < steps.Length; index++)
        {
            var at = rates.RetroToGate is null ? At(place + "/tiers", index) : place + "/retroToGate/gate";
            var (before, after) = (RateOf(steps[index - 1]), RateOf(steps[index]));
            if (rates.Kind is RateKind.Retroactive or RateKind.RetroToGate && before != after)
            {
                var bound = steps[index].From * (rates.Unit == RateUnit.Attainment ? quota : 1);
                findings.Add(new(
                    "cliff", FindingSeverity.Warning, at, "At this bound pay jumps, for all that came before it.",
                    rates.Unit == RateUnit.Count ? null : (after - before) * bound));
            }

            if (rates.Kind is RateKind.Retroactive or RateKind.RetroToGate && after < before)
            {
                findings.Add(new(
                    "non-monotone", FindingSeverity.Warning, at, "Whoever sells more is paid less: the rate on all falls here."));
            }

            if (rates.Kind != RateKind.Marginal && before != after)
            {
                findings.Add(new(
                    "boundary", FindingSeverity.Note, at,
                    $"Exactly at this bound the {EnumName<TierBoundary>.Of(rates.Boundary)} tier applies."));
            }
        }

        decimal? RateOf((decimal From, decimal? Rate, decimal? Multiplier) step) =>
            step.Rate ?? (step.Multiplier * targetVariable / (quota is 0 ? null : quota));
    }

    private static void Exposure(Component component, RateTable rates, string place, List<Finding> findings)
    {
        var pays = rates.RetroToGate is { } gate
            ? gate.OverRate > 0
            : rates.Tiers[^1] is { Rate: > 0 } or { Multiplier: > 0 };
        if (pays && component.Caps is not ({ Period: not null, OverRate: not > 0 } or { Year: not null, OverRate: not > 0 }))
        {
            findings.Add(new(
                "unbounded", FindingSeverity.Note, place + "/caps", "Nothing limits what this component may pay in a period."));
        }
    }

    private static void Curve(Component component, string place, decimal? targetVariable, List<Finding> findings)
    {
        var points = component.PayCurve;
        if (points[0].Pay > 0)
        {
            findings.Add(new(
                "cliff", FindingSeverity.Warning, place + "/payCurve/points/0", "At the first point pay jumps from 0.",
                points[0].Pay * targetVariable));
        }

        for (var index = 1; index < points.Count; index++)
        {
            if (points[index].Pay < points[index - 1].Pay)
            {
                findings.Add(new(
                    "non-monotone", FindingSeverity.Warning, At(place + "/payCurve/points", index),
                    "Whoever sells more is paid less: the curve falls here."));
            }
        }

        if (component.Rates is not null)
        {
            findings.Add(new("rates-unused", FindingSeverity.Warning, place + "/rates", "The pay curve pays; the rates don't."));
        }
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");
}
