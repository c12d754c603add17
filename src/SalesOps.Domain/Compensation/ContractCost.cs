namespace SalesOps.Domain.Compensation;

/// <summary>
/// A cost to obtain a contract that was capitalised: amortised straight line by month from the start of service, to the
/// cent (RULES R25, R24).
/// </summary>
/// <param name="Id">The contract's or the deal's.</param>
/// <param name="Amount">In whole units of the currency.</param>
/// <param name="On">When it was capitalised.</param>
/// <param name="ServiceFrom">A day of the first month that is amortised.</param>
/// <param name="Months">Over how many, at least 1.</param>
public sealed record ContractCost(string Id, Money Amount, DateOnly On, DateOnly ServiceFrom, int Months)
{
    /// <summary>What recovers it sooner than planned: in the month of it the rest goes off.</summary>
    public DateOnly? TerminatedOn { get; init; }

    /// <summary>Write-downs by day; never reversed.</summary>
    public ValueList<Impairment> Impairments { get; init; } = [];

    /// <summary>
    /// How long pay for a contract is amortised: over the term; with the anticipated renewals where their pay is not
    /// commensurate, as the plan sets it.
    /// </summary>
    /// <param name="termMonths">Of the contract.</param>
    /// <param name="isRenewal">Pay for a renewal is an asset of its own, over the renewal's term.</param>
    public static int MonthsOf(ContractCostPolicy policy, int termMonths, bool isRenewal) =>
        isRenewal || policy.RenewalCommensurate || policy.AmortisationMonths is not { } longer
            ? termMonths
            : Math.Max(termMonths, longer);

    internal static int MonthsFrom(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;
}

/// <summary>A write-down, because what the contract still brings does not cover what is left of its cost.</summary>
public sealed record Impairment(DateOnly On, decimal Amount)
{
    /// <summary>By how much the carrying amount is above what remains of consideration less direct costs; 0 where it isn't.</summary>
    public static decimal Needed(decimal carrying, decimal remainingConsideration, decimal remainingDirectCosts) =>
        Math.Max(0, carrying - Math.Max(0, remainingConsideration - remainingDirectCosts));
}

/// <summary>Opening + additions − amortisation − impairment − disposals = closing, split by what is amortised within a year.</summary>
public sealed record CostRollForward(
    Period Period, Money Opening, Money Additions, Money Amortisation, Money Impairment, Money Disposals, Money Closing,
    Money Current, Money NonCurrent)
{
    private const int YearMonths = 12;

    /// <summary>The movements of a range of whole months; all costs in one currency.</summary>
    public static CostRollForward Of(IReadOnlyList<ContractCost> costs, Period period, string currency)
    {
        decimal opening = 0, additions = 0, amortisation = 0, impairment = 0, disposals = 0, current = 0;
        foreach (var cost in costs)
        {
            foreach (var month in MonthlyMovements(cost, period.To))
            {
                if (month.Month < period.From)
                {
                    opening += month.Added - month.Amortised - month.Impaired - month.Disposed;
                    continue;
                }

                additions += month.Added;
                amortisation += month.Amortised;
                impairment += month.Impaired;
                disposals += month.Disposed;
            }

            var (carrying, yearOn) = (CarryingAt(cost, period.To), CarryingAt(cost, period.To.AddMonths(YearMonths), period.To));
            current += carrying - yearOn;
        }

        var closing = opening + additions - amortisation - impairment - disposals;
        return new(
            period, Money(opening), Money(additions), Money(amortisation), Money(impairment), Money(disposals), Money(closing),
            Money(current), Money(closing - current));

        Money Money(decimal amount) => new(amount, currency);
    }

    /// <summary>What is left of a cost before a day.</summary>
    /// <param name="known">Terminations and impairments from this day on are not foreseen; the day itself where absent.</param>
    public static decimal CarryingAt(ContractCost cost, DateOnly day, DateOnly? known = null) =>
        MonthlyMovements(known is { } until ? Foreseen(cost, until) : cost, day)
            .Sum(month => month.Added - month.Amortised - month.Impaired - month.Disposed);

    /// <summary>Month by month, from the first until a day; each is rounded so that all sum to the whole.</summary>
    public static IEnumerable<(DateOnly Month, decimal Added, decimal Amortised, decimal Impaired, decimal Disposed)> MonthlyMovements(
        ContractCost cost, DateOnly until)
    {
        var first = cost.On < cost.ServiceFrom ? cost.On : cost.ServiceFrom;
        var (basis, begun, planned, left) = (cost.Amount.Amount, 0, 0m, 0m);
        for (var month = Period.MonthOf(first); month.From < until; month = Period.MonthOf(month.To))
        {
            var added = month.Contains(cost.On) ? cost.Amount.Amount : 0;
            left += added;
            var disposed = cost.TerminatedOn is { } ended && month.Contains(ended) ? left : 0;
            left -= disposed;
            var impaired = Math.Min(left, cost.Impairments.Where(write => month.Contains(write.On)).Sum(write => write.Amount));
            left -= impaired;

            // What a write-down leaves is amortised over the rest of the time; what came late catches up.
            var passed = Math.Clamp(ContractCost.MonthsFrom(cost.ServiceFrom, month.From), 0, cost.Months);
            (basis, begun, planned) = impaired > 0 ? (left, passed, 0) : (basis, begun, planned);
            var isServed = month.To > cost.ServiceFrom && cost.On < month.To && passed < cost.Months;
            var due = isServed ? PartOf(cost, basis, passed + 1 - begun, cost.Months - begun) - planned : 0;
            var amortised = Math.Min(left, due);
            planned += amortised;
            left -= amortised;
            yield return (month.From, added, amortised, impaired, disposed);
        }
    }

    private static decimal PartOf(ContractCost cost, decimal basis, int passed, int months) =>
        (cost.Amount with { Amount = basis * passed / months }).Rounded().Amount;

    private static ContractCost Foreseen(ContractCost cost, DateOnly until) => cost with
    {
        TerminatedOn = cost.TerminatedOn < until ? cost.TerminatedOn : null,
        Impairments = [.. cost.Impairments.Where(write => write.On < until)],
    };
}
