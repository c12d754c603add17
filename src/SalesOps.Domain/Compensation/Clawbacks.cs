namespace SalesOps.Domain.Compensation;

/// <summary>What is taken back of pay that was released before its deal was cancelled (RULES R18).</summary>
internal static class Clawbacks
{
    public static void Claw(Calculation calculation)
    {
        var restated = new Dictionary<Accumulator, decimal>();
        foreach (var credit in calculation.Credits.Where(credit => credit.WasReleased).OrderBy(credit => credit.CancelledOn))
        {
            if (ShareOf(credit) is not { } share || credit.Paid <= 0)
            {
                continue;
            }

            var original = calculation.Round(share.Of(credit.Paid));
            var amount = credit.Plan.Clawback!.RatePolicy switch
            {
                ClawbackRatePolicy.Current when calculation.AtCurrentRates.TryGetValue(credit, out var current) =>
                    Math.Clamp(calculation.Round(current), 0, credit.Paid),
                ClawbackRatePolicy.Restate when credit.Credit.Level == 0 => Restated(calculation, credit, share, original, restated),
                _ => original,
            };
            if (amount == 0)
            {
                continue;
            }

            calculation.Movements.Add(new(
                MovementKind.ClawedBack, credit.CancelledOn!.Value, amount, "clawback",
                credit.Plan.PeriodOf(credit.Credit.On).From, credit.Term.Version)
            {
                CreditId = credit.Credit.Id,
                SourceEvents = [.. credit.Credit.SourceEvents, .. credit.Credit.CancelEvents],
            });
        }
    }

    /// <summary>The part of what was paid that is taken back; null where none is.</summary>
    public static ClawedShare? ShareOf(EligibleCredit credit)
    {
        if (credit is not { CancelledOn: { } cancelledOn, Plan.Clawback: { } clause })
        {
            return null;
        }

        var days = cancelledOn.DayNumber - credit.Credit.On.DayNumber;
        if (days > (clause.WindowDays ?? int.MaxValue))
        {
            return null;
        }

        var share = clause.Method switch
        {
            ClawbackMethod.ProRata => Unserved(credit.Credit, clause, cancelledOn),
            ClawbackMethod.Table => new(clause.Table.LastOrDefault(step => step.FromDay <= days)?.Percent ?? 0, 100),
            _ => new(1, 1),
        };
        return share.Part > 0 ? share : null;
    }

    /// <summary>The unserved share of the term; the day of the cancellation is not served any more.</summary>
    private static ClawedShare Unserved(Credit credit, Clawback clause, DateOnly cancelledOn)
    {
        var start = credit.TermStart ?? credit.On;
        if (clause.TermMonths is { } months)
        {
            var served = ((cancelledOn.Year - start.Year) * 12) + cancelledOn.Month - start.Month;
            served -= start.AddMonths(served) > cancelledOn ? 1 : 0;
            return new(Math.Clamp(months - served, 0, months), months);
        }

        if (credit.TermEnd is not { } last)
        {
            return new(1, 1);
        }

        var term = last.DayNumber - start.DayNumber + 1;
        return new(Math.Clamp(last.DayNumber - cancelledOn.DayNumber + 1, 0, term), term);
    }

    /// <summary>The origin period as it would have been without the deal, against what it was; at most what it paid.</summary>
    private static decimal Restated(
        Calculation calculation, EligibleCredit credit, ClawedShare share, decimal original, Dictionary<Accumulator, decimal> restated)
    {
        decimal difference = 0;
        foreach (var component in credit.Plan.Components)
        {
            var value = share.Of(credit.Of(component.Measure));
            if (value == 0 || !Eligibility.Counts(component, credit.Credit)
                || calculation.Accumulators.Find(component, credit) is not { } accumulator)
            {
                continue;
            }

            var terms = calculation.Accumulators.TermsOf(credit.Plan.PeriodOf(credit.Credit.On));
            var table = calculation.Accumulators.TableOf(component, credit.TermIndex, terms);
            if (table.PaysByDeal || terms.IsBlended)
            {
                return original;
            }

            var before = accumulator.Total - restated.GetValueOrDefault(accumulator);
            difference += table.Total(before, accumulator.Count) - table.Total(before - value, accumulator.Count - (share.IsWhole ? 1 : 0));
            restated[accumulator] = restated.GetValueOrDefault(accumulator) + value;
        }

        var origin = credit.Plan.PeriodOf(credit.Credit.On).From;
        var period = calculation.Pay.IndexOf(credit.CancelledOn!.Value);
        var paid = calculation.Movements
            .Where(movement => movement.OriginPeriod == origin && calculation.Pay.IndexOf(movement.On) < period)
            .Sum(movement => movement.Kind switch
            {
                MovementKind.Released or MovementKind.HoldbackReleased => movement.Amount,
                MovementKind.Held or MovementKind.ClawedBack => -movement.Amount,
                _ => 0,
            });
        return Math.Clamp(calculation.Round(difference), 0, Math.Max(0, paid));
    }
}

/// <summary>What is taken back of a whole: parts of so many, so that the quotient is taken last.</summary>
internal readonly record struct ClawedShare(decimal Part, decimal Whole)
{
    public bool IsWhole => Part == Whole;

    public decimal Of(decimal amount) => amount * Part / Whole;
}
