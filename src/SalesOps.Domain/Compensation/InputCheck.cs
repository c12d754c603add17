using System.Globalization;

namespace SalesOps.Domain.Compensation;

/// <summary>What a calculation asks of its input; plans have been looked at by <see cref="PlanRules"/>.</summary>
internal static class InputCheck
{
    private const int PeriodsMax = 120;

    public static Rejection? Refuse(CompensationInput input) =>
        Periods(input) ?? Terms(input) ?? Credits(input);

    private static Rejection? Periods(CompensationInput input)
    {
        if (input.Periods.Count is 0 or > PeriodsMax)
        {
            return Rejection.Invalid("periods-count", $"1 to {PeriodsMax} periods are asked for.", "/periods");
        }

        foreach (var (index, period) in input.Periods.Index().Skip(1))
        {
            if (period.From < input.Periods[index - 1].To)
            {
                return Rejection.Invalid("periods-order", "Periods come in order and don't overlap.", At("/periods", index));
            }

            if (PayCalendar.MonthsOf(period) != PayCalendar.MonthsOf(input.Periods[0]))
            {
                return Rejection.Invalid("periods-length", "All periods are months, or quarters, or years.", At("/periods", index));
            }
        }

        return null;
    }

    private static Rejection? Terms(CompensationInput input)
    {
        var first = input.Terms[0].Version.Plan;
        foreach (var (index, term) in input.Terms.Index())
        {
            var plan = term.Version.Plan;
            var place = index == 0 ? string.Empty : At("/changes", index - 1);
            if (plan.Currency != first.Currency || plan.Period != first.Period)
            {
                return Rejection.Invalid(
                    "plan-change-kind", "A change keeps the plan's currency and the length of its periods.", place + "/plan");
            }

            if (index > 0 && term.From <= input.Terms[index - 1].From)
            {
                return Rejection.Invalid("changes-order", "Changes come in the order of their days.", place + "/from");
            }

            foreach (var component in plan.Components)
            {
                if (component.NeedsTargetVariable && term.TargetVariable is null)
                {
                    return Rejection.Invalid(
                        "target-variable-missing", $"Component '{component.Id}' pays a share of the target variable.",
                        place + "/targetVariable");
                }

                var gated = component.Gate is { } gate ? plan.Find(gate.ComponentId) : null;
                if ((component.NeedsQuota && LacksQuota(input, term, component.Measure))
                    || (gated is not null && LacksQuota(input, term, gated.Measure)))
                {
                    return Rejection.Invalid(
                        "quota-missing", $"Component '{component.Id}' depends on attainment, which takes a quota above 0.",
                        place + "/quota");
                }
            }
        }

        return null;
    }

    /// <summary>A quota is there for every plan period with credits in the term, and is above 0.</summary>
    private static bool LacksQuota(CompensationInput input, PlanTerm term, Measure measure) => term.Quota is not null
        ? term.Quota <= 0
        : input.Credits
            .Where(credit => credit.Level == 0 && credit.On >= term.From)
            .Select(credit => term.Version.Plan.PeriodOf(credit.On).From)
            .Distinct()
            .Any(period => !input.Quotas.Any(quota => quota.Period == period && quota.Measure == measure && quota.Amount > 0));

    private static Rejection? Credits(CompensationInput input)
    {
        var currency = input.Terms[0].Version.Plan.Currency;
        var needsMoney = input.Terms.Any(term =>
            term.Version.Plan.Components.Any(component => component.Measure == Measure.Bookings)
            || term.Version.Plan.PayOn == PayOn.Cash);
        foreach (var (index, credit) in input.Credits.Index())
        {
            if (Fault(credit) is var (code, detail, faulty))
            {
                return Rejection.Invalid(code, detail, At("/credits", index) + faulty);
            }

            foreach (var (money, member) in new[] { (credit.Amount, "/amount"), (credit.Margin, "/margin") })
            {
                if (money is { } known && known.Currency != currency
                    && input.Rates.Find(PlanOn(input, credit.On), known.Currency, credit.On) is null)
                {
                    return Rejection.Invalid(
                        "rate-missing",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"There is no rate from {known.Currency} to {currency} on {credit.On:yyyy-MM-dd}."),
                        At("/credits", index) + member);
                }
            }
        }

        return null;

        (string Code, string Detail, string Member)? Fault(Credit credit) => credit switch
        {
            { Amount: null, Units: null, Margin: null } or { Amount: null, Level: > 0 } =>
                ("credit-empty", "A credit has an amount, units or a margin.", "/amount"),
            { Amount: null } when needsMoney => ("amount-missing", "The plan counts money: the credit needs an amount.", "/amount"),
            { Percent: < 0 or > 100 } => ("percent-range", "A percent lies between 0 and 100.", "/percent"),
            { Amount: { } amount, Margin: { } margin } when amount.Currency != margin.Currency =>
                ("currency-mixed", "A credit is in one currency.", "/margin/currency"),
            { Amount: { } amount, Invoiced: { } invoiced } when amount.Currency != invoiced.Currency =>
                ("currency-mixed", "A credit is in one currency.", "/invoiced/currency"),
            { Amount: { } amount } when credit.Collected.Any(receipt => receipt.Amount.Currency != amount.Currency) =>
                ("currency-mixed", "A credit is in one currency.", "/collected"),
            { CancelledOn: { } cancelled } when cancelled < credit.On =>
                ("cancelled-before-credit", "A deal is cancelled on or after its credit date.", "/cancelledOn"),
            { TermEnd: { } end } when end < (credit.TermStart ?? credit.On) =>
                ("term-order", "A term ends on or after its start.", "/termEnd"),
            _ => null,
        };
    }

    private static Plan PlanOn(CompensationInput input, DateOnly on) =>
        (input.Terms.LastOrDefault(term => term.From <= on) ?? input.Terms[0]).Version.Plan;

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");
}
