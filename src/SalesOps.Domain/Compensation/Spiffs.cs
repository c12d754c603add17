namespace SalesOps.Domain.Compensation;

/// <summary>Time-boxed rewards and contests (RULES R15).</summary>
internal static class Spiffs
{
    public const string Rule = "spiff";

    public static void Award(Calculation calculation)
    {
        foreach (var (index, term) in calculation.Input.Terms.Index())
        {
            foreach (var spiff in term.Version.Plan.Spiffs)
            {
                if (spiff.Trigger == SpiffTrigger.Ranking)
                {
                    AwardPlace(calculation, index, spiff);
                    continue;
                }

                var winners = spiff.Trigger == SpiffTrigger.FirstN ? FirstOf(calculation, spiff) : null;
                foreach (var credit in calculation.Credits)
                {
                    if (credit.TermIndex == index && credit.Credit.Level == 0 && Qualifies(spiff, credit.Credit)
                        && winners?.Contains(credit.Credit) != false)
                    {
                        var quantity = spiff.Trigger == SpiffTrigger.PerUnit
                            ? QuantityOf(spiff, credit.Credit) * credit.Credit.Percent / 100
                            : 1;
                        AddLines(calculation, spiff, credit, quantity);
                    }
                }
            }
        }
    }

    /// <summary>A manager's rate on the credit of those below; a deal's share reaches a person once, by the nearest way.</summary>
    public static void Override(Calculation calculation)
    {
        var reached = new HashSet<(string? Component, string Deal, string Share)>();
        foreach (var credit in calculation.Credits.Where(credit => credit.Credit.Level > 0).OrderBy(credit => credit.Credit.Level))
        {
            // Another person's share is one; where nobody is named, each credit is.
            var share = credit.Credit.RepId ?? $"credit {credit.Credit.Id}";
            foreach (var rule in credit.Plan.Overrides.Where(rule => rule.Level == credit.Credit.Level))
            {
                var component = rule.ComponentId is { } id ? credit.Plan.Find(id) : null;
                var value = credit.Of(component?.Measure ?? Measure.Bookings);
                if (value == 0 || (component is not null && !Eligibility.Counts(component, credit.Credit))
                    || !reached.Add((rule.ComponentId, credit.Deal, share)))
                {
                    continue;
                }

                var inputs = new LineInputs
                {
                    Credited = value,
                    Rate = rule.Rate,
                    Level = rule.Level,
                    Percent = credit.Credit.Percent == 100 ? null : credit.Credit.Percent,
                    Fx = credit.Fx,
                };
                Add(calculation, credit, rule.ComponentId ?? "override", "override", inputs, value * rule.Rate, nonCash: false);
            }
        }
    }

    private static void AddLines(Calculation calculation, Spiff spiff, EligibleCredit credit, decimal quantity) => Add(
        calculation, credit, spiff.Id, Rule, new LineInputs { Quantity = quantity, Rate = spiff.Reward }, quantity * spiff.Reward,
        spiff.NonCash);

    private static void Add(
        Calculation calculation, EligibleCredit credit, string component, string rule, LineInputs inputs, decimal amount,
        bool nonCash)
    {
        calculation.Raw.Add(Line(LinePart.Own, credit.Credit.On, amount));
        if (credit.IsWalkedDown)
        {
            calculation.Raw.Add(Line(LinePart.Cancelled, credit.CancelledOn!.Value, -amount));
        }

        RawLine Line(LinePart part, DateOnly on, decimal amount) => new(credit, component, rule, part, on)
        {
            Version = credit.Term.Version,
            OriginPeriod = credit.Plan.PeriodOf(credit.Credit.On).From,
            Inputs = inputs,
            NonCash = nonCash,
            Amount = amount,
        };
    }

    private static void AwardPlace(Calculation calculation, int term, Spiff spiff)
    {
        var lastDay = spiff.To.AddDays(-1);
        if (calculation.TermAt(lastDay) != term || lastDay >= calculation.Pay.End)
        {
            return;
        }

        var input = calculation.Input;
        var own = TotalOf(calculation, spiff, input.Credits);
        var rank = 1 + input.Rivals.Count(rival => TotalOf(calculation, spiff, rival.Credits) is var total
            && (total > own || (total == own && string.CompareOrdinal(rival.RepId, input.RepId) < 0)));
        if (own <= 0 || rank > (spiff.Places ?? 1))
        {
            return;
        }

        var version = input.Terms[term].Version;
        calculation.Raw.Add(new(null, spiff.Id, Rule, LinePart.Own, lastDay)
        {
            Version = version,
            OriginPeriod = version.Plan.PeriodOf(lastDay).From,
            Inputs = new LineInputs { Credited = own, Rank = rank, Rate = spiff.Reward },
            NonCash = spiff.NonCash,
            Amount = spiff.Reward,
        });
    }

    /// <summary>Bookings, or units of the product that the contest is about.</summary>
    private static decimal TotalOf(Calculation calculation, Spiff spiff, IReadOnlyList<Credit> credits) => credits
        .Where(credit => credit.Level == 0 && credit.CancelledOn is null && Qualifies(spiff, credit))
        .Sum(credit => spiff.ProductId is not null
            ? QuantityOf(spiff, credit) * credit.Percent / 100
            : calculation.InPlanCurrency(credit.Share ?? credit.Amount ?? default, credit.On)
                * (credit.Share is null ? credit.Percent / 100 : 1));

    private static HashSet<Credit> FirstOf(Calculation calculation, Spiff spiff)
    {
        var all = calculation.Input.Credits.Concat(calculation.Input.Rivals.SelectMany(rival => rival.Credits))
            .Where(credit => credit.Level == 0 && credit.CancelledOn is null && Qualifies(spiff, credit))
            .ToList();
        all.Sort(Eligibility.InOrder);
        return new(all.Take(spiff.Places ?? 1), ReferenceEqualityComparer.Instance);
    }

    private static bool Qualifies(Spiff spiff, Credit credit) =>
        spiff.From <= credit.On && credit.On < spiff.To
        && (credit.Amount is not { Amount: < 0 })
        && (spiff.ProductId is null || credit.Products.Count == 0
            || credit.Products.Any(product => product.ProductId == spiff.ProductId))
        && (spiff.MinQuantity is not { } least || QuantityOf(spiff, credit) >= least);

    /// <summary>Of the product, where both say which; else all units.</summary>
    private static decimal QuantityOf(Spiff spiff, Credit credit) => spiff.ProductId is { } product && credit.Products.Count > 0
        ? credit.Products.Where(line => line.ProductId == product).Sum(line => line.Quantity)
        : credit.Units ?? 0;
}
