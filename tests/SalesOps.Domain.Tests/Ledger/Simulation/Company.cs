using SalesOps.Domain.Assignments;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Ledger;
using Credit = SalesOps.Domain.Compensation.Credit;

namespace SalesOps.Domain.Tests.Ledger.Simulation;

/// <summary>A company in memory: its streams, its ledger, and what posts in it. The same log makes the same company.</summary>
internal sealed class Company
{
    private readonly List<Recorded> log;

    public Company()
        : this([])
    {
    }

    private Company(List<Recorded> log)
    {
        this.log = log;
        Deals = new(Deal.Decider, "deal", log);
        Assignments = new(AccountAssignments.Decider, "assignment", log);
        Contracts = new(Contract.Decider, "contract", log);
        Ledgers = new(RepLedger.Decider, "ledger", log);
        Periods = new(AccountingPeriod.Decider, "period", log);
        Books = new(Domain.Ledger.Books.Decider, "books", log);
        Approvals = new(Approval.Decider, "approval", log);
    }

    public Streams<Deal, DealEvent> Deals { get; }

    public Streams<AccountAssignments, AssignmentEvent> Assignments { get; }

    public Streams<Contract, ContractEvent> Contracts { get; }

    public Streams<RepLedger, LedgerEvent> Ledgers { get; }

    public Streams<AccountingPeriod, PeriodEvent> Periods { get; }

    public Streams<Books, BooksEvent> Books { get; }

    public Streams<Approval, ApprovalEvent> Approvals { get; }

    /// <summary>The plans of each rep; they are given, not recorded here.</summary>
    public Dictionary<RepId, IReadOnlyList<PlanTerm>> Terms { get; private init; } = [];

    public IReadOnlyList<Recorded> Log => log;

    /// <summary>The same company made anew from the bytes of the log.</summary>
    public Company Replayed()
    {
        var again = new Company([]) { Terms = Terms };
        foreach (var (index, recorded) in log.Index())
        {
            _ = again.Deals.TryReplay(recorded, index) || again.Assignments.TryReplay(recorded, index)
                || again.Contracts.TryReplay(recorded, index) || again.Ledgers.TryReplay(recorded, index)
                || again.Periods.TryReplay(recorded, index) || again.Books.TryReplay(recorded, index)
                || again.Approvals.TryReplay(recorded, index);
        }

        return again;
    }

    /// <summary>Every line in the books.</summary>
    public IEnumerable<PostedLine> Lines => Ledgers.Ids.Order(StringComparer.Ordinal)
        .SelectMany(id => Ledgers[id].Facts)
        .SelectMany(fact => fact.Event is LedgerEvent.JournalPosted journal ? PostedLine.Of(fact.Id, fact.Version, journal) : []);

    public IEnumerable<PostedLine> LinesOf(RepId rep) => Lines.Where(line => line.RepId == rep);

    /// <summary>What the plans come to, by origin month.</summary>
    public ILookup<string, JournalLine> TargetOf(RepId rep, DateOnly today)
    {
        var terms = Terms[rep];
        Credit[] credits =
        [
            .. Deals.Ids.SelectMany(id => CreditsOf(id, today)).Where(credit => credit.RepId == rep).Select(credit => credit.Credit)
                .Where(credit => credit.On >= terms[0].From),
        ];
        var years = Enumerable.Range(terms[0].From.Year, today.Year - terms[0].From.Year + 1)
            .Select(year => new Period(new(year, 1, 1), new(year + 1, 1, 1)));
        var input = new CompensationInput(rep.Value, terms, credits, [.. years]);
        if (CompensationEngine.Refuse(input) is { } refusal)
        {
            throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}");
        }

        var deals = credits.ToDictionary(credit => credit.Id, credit => credit.DealId!, StringComparer.Ordinal);
        return CommissionJournal.LinesOf(CompensationEngine.Compute(input), deals, today)
            .ToLookup(line => Period.MonthOf(line.On).MonthKey, StringComparer.Ordinal);
    }

    /// <summary>Posts what is missing for everybody; how many journals that were.</summary>
    public int Post(DateOnly today)
    {
        var count = 0;
        foreach (var rep in Terms.Keys)
        {
            var target = TargetOf(rep, today);
            foreach (var month in new Period(new(2025, 1, 1), today.AddDays(1)).Months())
            {
                var id = RepLedger.IdOf(rep, month.MonthKey);
                var lines = TrueUp.Of(target[month.MonthKey], Ledgers[id].Latest.Calculated);
                if (lines is [])
                {
                    continue;
                }

                var posting = Calendar(today).PeriodFor(month.From);
                var journal = CommissionJournal.Post(
                    rep, month.MonthKey, posting, lines, LineCauses.Of(lines, []), CompensationEngine.Version);
                if (!Ledgers.TryDecide(id, BusinessCalendar.Utc.StartOf(posting.From), state => RepLedger.Post(state, journal)))
                {
                    throw new InvalidOperationException($"The journal of {id} was refused.");
                }

                count++;
            }
        }

        return count;
    }

    public PostingCalendar Calendar(DateOnly today)
    {
        if (Books[Domain.Ledger.Books.Id].Latest.FirstPeriod is not { } first)
        {
            return new(FirstOpen: null);
        }

        var months = new Period(Period.Find(first)!.Value.From, today.AddMonths(2)).Months();
        return new(months.First(month => Periods[month.MonthKey].Latest.Status == PeriodStatus.Open).From);
    }

    private IReadOnlyList<RepCredit> CreditsOf(string dealId, DateOnly today)
    {
        var deal = Deals[dealId];
        return DealCredits.Of(
            new(dealId), deal,
            DealCredits.AccountsOf(deal).ToDictionary(account => account, account => Assignments[account.Value]),
            [.. Contracts.Ids.Where(id => Contracts[id].Latest.Drafting?.DealId?.Value == dealId).Select(id => Contracts[id])],
            BusinessCalendar.Utc.EndOf(today), BusinessCalendar.Utc);
    }
}
