using System.Globalization;
using SalesOps.Domain.Compensation;
using Xunit;

namespace SalesOps.Domain.Tests.Compensation;

/// <summary>Plans, credits and results in few words.</summary>
internal static class Compensated
{
    public static Tier T(decimal from, decimal rate) => new(from, rate);

    public static Tier M(decimal from, decimal multiplier) => new(from, Multiplier: multiplier);

    public static RateTable Rates(RateKind kind, RateUnit unit, params Tier[] tiers) => new(kind, unit, [.. tiers]);

    public static RateTable Flat(decimal rate) => Rates(RateKind.Marginal, RateUnit.Amount, T(0, rate));

    public static Component Bookings(RateTable? rates, Caps? caps = null) => new("base", Measure.Bookings, rates, Caps: caps);

    public static Plan Monthly(params Component[] components) => new("Plan", "USD", PlanPeriod.Month, [.. components]);

    public static Plan Quarterly(params Component[] components) => Monthly(components) with { Period = PlanPeriod.Quarter };

    public static Plan Yearly(params Component[] components) => Monthly(components) with { Period = PlanPeriod.Year };

    public static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Money Usd(decimal amount) => new(amount, "USD");

    public static Credit Credit(string id, string on, decimal amount) => new(id, Day(on), Usd(amount));

    public static Receipt Cash(string on, decimal amount) => new(Day(on), Usd(amount));

    public static PlanVersion Published(Plan plan, int number = 1) => new(new PlanId("plan"), number, string.Empty, plan);

    public static PlanTerm Term(
        Plan plan, decimal? quota = null, decimal? targetVariable = null, string from = "2000-01-01", int number = 1) =>
        new(Published(plan, number), Day(from), targetVariable, quota);

    /// <summary>The periods of keys such as <c>2026-01</c>, or all months of a range such as <c>2026-01..2026-06</c>.</summary>
    public static IReadOnlyList<Period> Periods(string keys)
    {
        if (keys.Split("..") is not [var first, var last])
        {
            return [.. keys.Split(' ').Select(key => Period.Find(key)!.Value)];
        }

        var periods = new List<Period>();
        for (var period = Period.Find(first)!.Value; period.From < Period.Find(last)!.Value.To; period = Period.MonthOf(period.To))
        {
            periods.Add(period);
        }

        return periods;
    }

    public static CompensationInput Input(PlanTerm term, string periods, params Credit[] credits) =>
        new("rep", [term], credits, Periods(periods));

    /// <summary>The result, of an input that nothing is wrong with.</summary>
    public static CompensationResult Pay(CompensationInput input)
    {
        Assert.Null(PlanRules.Fault(input.Terms[0].Version.Plan));
        Assert.Null(CompensationEngine.Refuse(input));
        return CompensationEngine.Compute(input);
    }

    public static CompensationResult Pay(PlanTerm term, string periods, params Credit[] credits) =>
        Pay(Input(term, periods, credits));

    public static decimal[] Paid(this CompensationResult result) => [.. result.Periods.Select(period => period.Paid)];

    public static decimal[] Each(this CompensationResult result, Func<PeriodResult, decimal> figure) =>
        [.. result.Periods.Select(figure)];

    /// <summary>The amounts of all lines, in their order.</summary>
    public static decimal[] Lines(this CompensationResult result) =>
        [.. result.Periods.SelectMany(period => period.Lines).Select(line => line.Amount)];
}
