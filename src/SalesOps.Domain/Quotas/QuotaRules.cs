namespace SalesOps.Domain.Quotas;

/// <summary>What commands on quotas ask of their members.</summary>
internal static class QuotaRules
{
    private const int LongestTeam = 200;
    private const int StepsMax = 60;
    private const decimal WeightLimit = 1_000_000;

    public static Rejection OtherCurrency { get; } =
        Rejection.Invalid("currency-differs", "The quota is in another currency, and keeps it.", "/amount");

    public static Rejection? Terms(QuotaTerms terms) => Period.Find(terms.Period) switch
    {
        null => Rejection.Invalid(
            "period-unknown", "A period is a month, quarter or year, such as 2026-03, 2026-Q1 or 2026.", "/period"),
        _ when terms.Holder is { Kind: QuotaHolderKind.Team, Id: not { Length: >= 1 and <= LongestTeam } } =>
            Rejection.Invalid("team-length", $"A team's name has 1 to {LongestTeam} characters.", "/team"),
        { } period => Amount(terms.Amount, terms.Measure, "/amount")
            ?? Ramp(terms.Ramp ?? [])
            ?? Seasonality(terms.Seasonality, period)
            ?? Active(terms),
    };

    /// <summary>Money for bookings and margin, a count for units, and not negative.</summary>
    public static Rejection? Amount(QuotaAmount amount, Measure measure, string pointer) => (amount.Currency, measure) switch
    {
        (null, not Measure.Units) => Rejection.Invalid("money-expected", "The measure is one of money.", pointer),
        (not null, Measure.Units) => Rejection.Invalid("count-expected", "Units are counted, without currency.", pointer),
        (null, _) when amount.Value is < 0 or >= 1_000_000_000 || amount.Rounded() != amount =>
            Rejection.Invalid("amount-range", "A count lies between 0 and 10 to the power of 9, with two decimals.", pointer),
        ({ } currency, _) => MoneyRules.Check(new Money(amount.Value, currency), "amount", pointer),
        _ => null,
    };

    /// <summary>Steps of 0 to 200 percent; only the last may last for ever.</summary>
    public static Rejection? Ramp(IReadOnlyList<RampStep> steps)
    {
        if (steps.Count > StepsMax)
        {
            return Rejection.Invalid("ramp-too-long", $"A ramp has at most {StepsMax} steps.", "/ramp");
        }

        for (var index = 0; index < steps.Count; index++)
        {
            if (steps[index].Percent is < 0 or > 200)
            {
                return Rejection.Invalid("ramp-range", "A ramp is between 0 and 200 percent.", $"/ramp/{index}/percent");
            }

            if (steps[index].Months is <= 0 or > 120 || (steps[index].Months is null && index < steps.Count - 1))
            {
                return Rejection.Invalid(
                    "ramp-months", "A step lasts 1 to 120 months; only the last may have no end.", $"/ramp/{index}/months");
            }
        }

        return null;
    }

    private static Rejection? Seasonality(IReadOnlyList<MonthWeight>? weights, Period period) => weights switch
    {
        null => null,
        _ when weights.Count != period.Months().Count => Rejection.Invalid(
            "seasonality-months", "There is one weight for each month of the period.", "/seasonality"),
        _ when weights.Any(month => month.Weight is < 0 or >= WeightLimit) =>
            Rejection.Invalid("seasonality-range", "A weight is not negative, and below a million.", "/seasonality"),
        _ when weights.All(month => month.Weight == 0) =>
            Rejection.Invalid("seasonality-zero", "Some month has a weight above 0.", "/seasonality"),
        _ => null,
    };

    private static Rejection? Active(QuotaTerms terms) => terms.ActiveDays() is var days && days.From < days.To
        ? null
        : Rejection.Invalid("never-active", "The holder is active on some day of the period.", "/activeFrom");
}
