namespace SalesOps.Domain.Quotas;

/// <summary>What of a quota falls to one month, and how it comes to be.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Weight">Among the months of the period.</param>
/// <param name="RampPercent">In force in the month.</param>
/// <param name="ActiveShare">Of the month, 0 to 1.</param>
/// <param name="Amount">After ramp, proration and relief.</param>
public sealed record QuotaMonth(DateOnly Month, decimal Weight, decimal RampPercent, decimal ActiveShare, decimal Amount);

/// <summary>
/// A quota with all that lowers it: Σ over months (base × seasonality × ramp × active share) − relief (RULES R10). Rounded
/// once, then spread to the months by largest remainder, so that they sum to it exactly (RULES R24).
/// </summary>
/// <param name="BeforeRelief">What ramp and proration leave.</param>
/// <param name="Relief">What was taken off.</param>
/// <param name="Total">What attainment is measured by.</param>
public sealed record EffectiveQuota(
    QuotaAmount BeforeRelief, decimal Relief, QuotaAmount Total, IReadOnlyList<QuotaMonth> Months)
{
    public static EffectiveQuota Of(QuotaTerms terms, decimal relief)
    {
        var active = terms.ActiveDays();
        var rampFrom = terms.RampFrom ?? active.From;
        var months = (Period.Find(terms.Period) ?? default).Months()
            .Select((month, index) => (
                Month: month,
                Weight: terms.Seasonality?[index].Weight ?? 1,
                Ramp: PercentAt(terms.Ramp ?? [], MonthsBetween(rampFrom, month.From)),
                Active: Count(Common(month, active), month, terms.Proration),
                All: Count(month, month, terms.Proration)))
            .ToArray();

        // Shares of months over one denominator are whole numbers, so that weights and their ties are exact.
        var denominator = months.Select(month => month.All).Distinct().Aggregate(1, LeastCommonMultiple);
        decimal[] weights = [.. months.Select(month =>
            month.Weight * month.Ramp * month.Active * (denominator / month.All))];
        var whole = months.Sum(month => month.Weight) * 100 * denominator;
        var before = (terms.Amount with { Value = terms.Amount.Value * (weights.Sum() / whole) }).Rounded();
        var total = before with { Value = Math.Max(0, before.Value - relief) };
        var amounts = weights.Sum() == 0 ? new decimal[weights.Length] : total.Allocate(weights);
        return new(before, relief, total,
        [
            .. months.Select((month, index) => new QuotaMonth(
                month.Month.From, month.Weight, month.Ramp, (decimal)month.Active / month.All, amounts[index])),
        ]);
    }

    /// <summary>The share of a range that lies in another, of whole days or months.</summary>
    private static int Count(Period days, Period month, Proration proration) => proration switch
    {
        Proration.Months => days.Contains(month.From) ? 1 : 0,
        Proration.WorkingDays => Days(days).Count(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)),
        _ => Math.Max(0, days.To.DayNumber - days.From.DayNumber),
    };

    private static IEnumerable<DateOnly> Days(Period days) =>
        Enumerable.Range(0, Math.Max(0, days.To.DayNumber - days.From.DayNumber)).Select(days.From.AddDays);

    private static Period Common(Period left, Period right) =>
        new(left.From > right.From ? left.From : right.From, left.To < right.To ? left.To : right.To);

    private static decimal PercentAt(IReadOnlyList<RampStep> ramp, int month)
    {
        var end = 0;
        foreach (var step in ramp)
        {
            end += step.Months ?? 0;
            if (step.Months is null || month < end)
            {
                return step.Percent;
            }
        }

        return 100;
    }

    private static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    private static int LeastCommonMultiple(int left, int right)
    {
        var (a, b) = (left, right);
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return left / a * right;
    }
}
