using SalesOps.Domain.Compensation;

namespace SalesOps.Domain.Ledger;

/// <summary>
/// The pay for one credit that stands in the books as the cost of a contract: amortised month by month over the time for
/// which the contract is expected to serve, and written off when that ends early (RULES R25).
/// </summary>
/// <param name="First">The line that capitalised it first.</param>
/// <param name="ServiceFrom">The first day of service: of the contract's term, or the credit date where there is none.</param>
/// <param name="Months">Over how many, at least 1.</param>
/// <param name="EndedOn">When the contract or the deal was cancelled.</param>
/// <param name="Additions">What was capitalised, when; negative where a later calculation has lowered it.</param>
/// <param name="TakenBack">What clawbacks and cancellations took off it, when.</param>
public sealed record CapitalisedCost(
    JournalLine First,
    DateOnly ServiceFrom,
    int Months,
    DateOnly? EndedOn,
    IReadOnlyList<(DateOnly On, decimal Amount)> Additions,
    IReadOnlyList<(DateOnly On, decimal Amount)> TakenBack)
{
    /// <summary>Over how many months a cost is amortised for which neither contract nor plan says so.</summary>
    public const int MonthsWithoutTerm = 12;

    /// <summary>Whether any of a calculation's plans capitalises what it pays.</summary>
    public static bool Capitalises(CompensationInput input) =>
        input.Terms.Any(term => term.Version.Plan.Accounting?.Capitalise == true);

    /// <summary>The lines of a calculation, and behind them those of the schedules of what it has capitalised.</summary>
    /// <param name="until">Months that end later are not posted yet.</param>
    public static IReadOnlyList<JournalLine> WithSchedules(
        IReadOnlyList<JournalLine> lines, CompensationInput input, DateOnly until) =>
        [.. lines, .. Of(lines, input).SelectMany(cost => cost.LinesUntil(until))];

    /// <summary>The costs that the lines of a calculation have capitalised, one for each credit, in the order of the lines.</summary>
    public static IReadOnlyList<CapitalisedCost> Of(IReadOnlyList<JournalLine> lines, CompensationInput input)
    {
        var costs = new List<CapitalisedCost>();
        var credits = input.Credits.ToLookup(credit => credit.Id, StringComparer.Ordinal);
        var terms = input.Credits.Where(credit => credit.TermStart is not null)
            .ToLookup(credit => credit.DealId ?? credit.Id, StringComparer.Ordinal);
        foreach (var same in lines.Where(line => line.CreditId is not null).GroupBy(line => line.CreditId!, StringComparer.Ordinal))
        {
            JournalLine[] added = [.. same.Where(line => line.Kind == PostingKind.EarnedCapitalised)];
            if (added is not [var first, ..] || credits[same.Key].FirstOrDefault() is not { } credit)
            {
                continue;
            }

            var policy = input.Terms
                .First(term => (term.Version.Id, term.Version.Number) == (first.PlanId, first.PlanVersion)).Version.Plan.Accounting!;
            var term = credit.TermStart is null ? terms[credit.DealId ?? credit.Id].FirstOrDefault() ?? credit : credit;
            costs.Add(new(
                first,
                term.TermStart ?? credit.On,
                MonthsOf(policy, term),
                credit.CancelledOn,
                [.. added.Select(line => (line.On, line.Amount.Amount))],
                [
                    .. same.Where(line => line.Kind
                            is PostingKind.ClawedBackCapitalised or PostingKind.UnreleasedCancelledCapitalised)
                        .Select(line => (line.On, line.Amount.Amount)),
                ]));
        }

        return costs;
    }

    /// <summary>The last day on which anything of it moves by what is known.</summary>
    public DateOnly LastDay => Additions.Concat(TakenBack).Select(part => part.On)
        .Append(ServiceFrom.AddMonths(Months)).Append(EndedOn ?? DateOnly.MinValue).Max();

    /// <summary>Month by month from the first until a day, at the most until nothing is left.</summary>
    public IEnumerable<CostMonth> Schedule(DateOnly until)
    {
        var months = new SortedDictionary<DateOnly, CostMonth>();
        foreach (var (on, amount) in Additions)
        {
            var sign = Math.Sign(amount);
            var cost = CostOf(on, amount);
            foreach (var month in CostRollForward.MonthlyMovements(cost, until))
            {
                var sum = months.GetValueOrDefault(month.Month);
                months[month.Month] = new(
                    month.Month, sum.Added + (sign * month.Added), sum.Amortised + (sign * month.Amortised),
                    sum.Disposed + (sign * month.Disposed));
            }
        }

        return months.Values;
    }

    /// <summary>What is left of it before a day, by what was known of cancellations on another.</summary>
    public decimal CarryingAt(DateOnly day, DateOnly known) =>
        Additions.Sum(addition => Math.Sign(addition.Amount)
            * CostRollForward.CarryingAt(CostOf(addition.On, addition.Amount), day, known));

    /// <summary>The lines that its schedule posts: amortisation at the end of each month, and the rest when it ends early.</summary>
    /// <param name="until">What comes later is not posted yet.</param>
    public IEnumerable<JournalLine> LinesUntil(DateOnly until)
    {
        var taken = TakenBack.ToLookup(part => Period.MonthOf(part.On).From, part => part.Amount);
        foreach (var month in Schedule(until.AddDays(1)))
        {
            var last = month.Month.AddMonths(1).AddDays(-1);
            if (month.Amortised != 0 && last <= until)
            {
                yield return Line(PostingKind.Amortised, last, month.Amortised, "amortisation");
            }

            var rest = month.Disposed - taken[month.Month].Sum();
            if (rest != 0)
            {
                yield return Line(PostingKind.WrittenOff, DisposedIn(month.Month), rest, "termination");
            }
        }
    }

    private static int MonthsOf(ContractCostPolicy policy, Credit term) => term switch
    {
        { TermStart: { } start, TermEnd: { } end } => ContractCost.MonthsOf(policy, WholeMonths(start, end.AddDays(1)), term.IsRenewal),
        _ => policy.AmortisationMonths ?? MonthsWithoutTerm,
    };

    private static int WholeMonths(DateOnly from, DateOnly to) =>
        Math.Max(1, ((to.Year - from.Year) * 12) + to.Month - from.Month + (to.Day > from.Day ? 1 : 0));

    private ContractCost CostOf(DateOnly on, decimal amount) =>
        new(First.CreditId!, First.Amount with { Amount = Math.Abs(amount) }, on, ServiceFrom, Months)
        {
            TerminatedOn = EndedOn is { } ended ? (ended > on ? ended : on) : null,
        };

    /// <summary>The last day of a month on which something went off.</summary>
    private DateOnly DisposedIn(DateOnly month)
    {
        DateOnly[] days =
        [
            .. TakenBack.Select(part => part.On).Concat(Additions.Select(part => part.On))
                .Where(on => on >= EndedOn).Append(EndedOn!.Value).Where(Period.MonthOf(month).Contains),
        ];
        return days.Max();
    }

    private JournalLine Line(PostingKind kind, DateOnly on, decimal amount, string rule) =>
        JournalLine.Of(kind, on, First.Amount with { Amount = amount }, rule) with
        {
            CreditId = First.CreditId,
            DealId = First.DealId,
            PlanId = First.PlanId,
            PlanVersion = First.PlanVersion,
            Inputs = [new("months", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Months}"))],
            Sources = First.Sources,
        };
}

/// <summary>What a month does to a capitalised cost.</summary>
/// <param name="Month">Its first day.</param>
public readonly record struct CostMonth(DateOnly Month, decimal Added, decimal Amortised, decimal Disposed);
