namespace SalesOps.Domain.Compensation;

/// <summary>What managers earn on the credit of those below them in the hierarchy of the credit date (RULES R14).</summary>
internal static class Overrides
{
    private const string Rule = "override";

    /// <summary>A manager's rate on the credit of those below; a deal's share reaches a person once, by the nearest way.</summary>
    public static void Credit(Calculation calculation)
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
                calculation.AddFixed(credit, rule.ComponentId ?? Rule, Rule, inputs, value * rule.Rate, nonCash: false);
            }
        }
    }
}
