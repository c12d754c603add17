namespace SalesOps.Domain.Compensation;

/// <summary>
/// Limits what a component pays per deal, per plan period and per calendar year, in that order; what a cap takes off
/// stands on the line as a memo (RULES R13). Below a cap that was exceeded, pay only falls once the excess is used up.
/// </summary>
internal static class CapLimits
{
    public static void Apply(Calculation calculation)
    {
        var limits = new Dictionary<(string Component, string Kind, object Key), Limit>();
        foreach (var line in calculation.Raw)
        {
            Limit?[] applied = [];
            var before = line.Amount;
            if (line.Caps is { } caps)
            {
                applied =
                [
                    Of(caps.Deal, "deal", line.Earner!.Deal),
                    Of(caps.Period, "period", line.OriginPeriod),
                    Of(caps.Year, "year", line.OriginPeriod.Year),
                ];
                foreach (var limit in applied)
                {
                    line.Amount = limit?.Admit(line.Amount) ?? line.Amount;
                }

                line.Foregone = calculation.Round(before - line.Amount);
            }

            if (line.Empties)
            {
                line.Amount = -line.Accumulator!.Posted;
            }

            var posted = calculation.Round(line.Amount);
            line.Accumulator?.Posted += posted;
            foreach (var limit in applied)
            {
                limit?.Post(posted);
            }

            Limit? Of(decimal? cap, string kind, object key)
            {
                if (cap is not { } most)
                {
                    return null;
                }

                if (!limits.TryGetValue((line.Component, kind, key), out var limit))
                {
                    limits.Add((line.Component, kind, key), limit = new(most, line.Caps?.OverRate ?? 0));
                }

                return limit;
            }
        }
    }

    /// <summary>One cap and what has come up to it.</summary>
    /// <param name="overRate">What is let through above it, as a ratio.</param>
    private sealed class Limit(decimal cap, decimal overRate)
    {
        private decimal _earned;
        private decimal _posted;

        /// <summary>What of a further amount the cap lets through; up to the cap to the cent.</summary>
        public decimal Admit(decimal amount)
        {
            var before = _earned;
            _earned += amount;
            return overRate > 0 ? Allowed(_earned) - Allowed(before)
                : _earned >= cap ? cap - _posted
                : before >= cap ? _earned - _posted
                : amount;
        }

        private decimal Allowed(decimal earned) => earned > cap ? cap + ((earned - cap) * overRate) : earned;

        public void Post(decimal rounded) => _posted += rounded;
    }
}
