namespace SalesOps.Domain.Compensation;

/// <summary>Which credits count, when they count, and in what money (RULES R14, R23).</summary>
internal static class Eligibility
{
    private const decimal Whole = 100;

    /// <summary>Credits on days of a plan, in their order; whether a cancelled one had been paid.</summary>
    public static void Select(Calculation calculation)
    {
        foreach (var credit in calculation.Input.Credits)
        {
            if (credit.On < calculation.Pay.End && calculation.TermAt(credit.On) is { } index)
            {
                calculation.Credits.Add(new(credit, calculation.Input.Terms[index], index));
            }
        }

        calculation.Credits.Sort(InOrder);
        GroupByDeal(calculation);
        foreach (var credit in calculation.Credits)
        {
            if (credit.Credit.CancelledOn is { } cancelledOn && cancelledOn < calculation.Pay.End)
            {
                var period = calculation.Pay.IndexOf(cancelledOn);
                credit.CancelledOn = cancelledOn;
                credit.WasReleased = calculation.Pay.IndexOf(credit.Credit.On) < period
                    && (credit.Plan.PayOn == PayOn.Booking || CashBefore(calculation, credit, period) > 0);
            }
        }
    }

    private static decimal CashBefore(Calculation calculation, EligibleCredit credit, int period) => credit.OfDeal
        .SelectMany(each => each.Credit.Collected)
        .Where(receipt => calculation.Pay.IndexOf(receipt.On) < period)
        .Sum(receipt => receipt.Amount.Amount);

    /// <summary>Brings together what one deal's cash pays, where there is any need to know.</summary>
    private static void GroupByDeal(Calculation calculation)
    {
        if (!calculation.Credits.Exists(credit => credit.Plan.PayOn == PayOn.Cash || credit.Credit.CancelledOn is not null))
        {
            return;
        }

        var deals = new Dictionary<(string Deal, int Level), List<EligibleCredit>>(calculation.Credits.Count);
        foreach (var credit in calculation.Credits)
        {
            var key = (credit.Deal, credit.Credit.Level);
            if (!deals.TryGetValue(key, out var deal))
            {
                deals.Add(key, deal = new(1));
            }

            deal.Add(credit);
            credit.OfDeal = deal;
        }
    }

    /// <summary>The person's part of each credit, in the plan's currency at the rate of the credit date.</summary>
    public static void Convert(Calculation calculation)
    {
        foreach (var credit in calculation.Credits)
        {
            var given = credit.Credit;
            credit.Units = (given.Units ?? 0) * given.Percent / Whole;
            if ((given.Amount ?? given.Margin) is not { } money)
            {
                continue;
            }

            decimal rate = 1;
            if (money.Currency != calculation.Currency)
            {
                credit.Fx = calculation.Input.Rates.Find(credit.Plan, money.Currency, given.On)
                    ?? throw new InvalidOperationException($"There is no rate for {money.Currency} on {given.On:O}.");
                rate = credit.Fx.Rate;
            }

            credit.Bookings = (given.Share?.Amount ?? ((given.Amount?.Amount ?? 0) * given.Percent / Whole)) * rate;
            credit.Margin = (given.Margin?.Amount ?? 0) * given.Percent / Whole * rate;
        }
    }

    /// <summary>Whether a component counts a credit.</summary>
    public static bool Counts(Component component, Credit credit)
    {
        if (component.AppliesTo is not { } filter)
        {
            return true;
        }

        return (filter.ProductIds.Count == 0 || credit.Products.Any(product => filter.ProductIds.Contains(product.ProductId)))
            && (filter.Kinds.Count == 0 || filter.Kinds.Contains(credit.Kind));
    }

    /// <summary>Close date, close instant, deal id (ordinal), credit id.</summary>
    public static int InOrder(EligibleCredit left, EligibleCredit right) => InOrder(left.Credit, right.Credit);

    /// <inheritdoc cref="InOrder(EligibleCredit,EligibleCredit)"/>
    public static int InOrder(Credit left, Credit right)
    {
        var order = left.On.CompareTo(right.On);
        order = order != 0 ? order : (left.ClosedAt ?? default).CompareTo(right.ClosedAt ?? default);
        order = order != 0 ? order : string.CompareOrdinal(left.DealId ?? left.Id, right.DealId ?? right.Id);
        return order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
    }
}
