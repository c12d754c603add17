using SalesOps.Domain.Assignments;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Ledger;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Tests.Ledger.Simulation;

/// <summary>
/// Months of business from one seed: deals won, split, transferred, cancelled and corrected late, cash, new plans, closes,
/// disputes and payouts, in any order that the deciders admit.
/// </summary>
internal sealed class Business
{
    private static readonly RepId[] Reps = [new("ada"), new("ben"), new("cleo"), new("dan")];
    private static readonly AccountId[] Accounts = [new("acme"), new("blue"), new("core")];

    private readonly Random random;
    private readonly List<Plan> plans = [];
    private DateOnly today = new(2025, 1, 10);
    private int made;

    public Business(int seed)
    {
        random = new(seed);
        foreach (var rep in Reps)
        {
            Company.Terms[rep] = [new(VersionOf(NewPlan()), new(2025, 1, 1)) { }];
        }
    }

    public Company Company { get; } = new();

    public DateOnly Today => today;

    /// <summary>What was done last, for the report of a failure.</summary>
    public string Last { get; private set; } = "nothing";

    /// <summary>Does one thing; some are refused, and that is fine.</summary>
    public void Step()
    {
        var deals = Company.Deals.Ids.ToArray();
        var deal = deals.Length > 0 ? deals[random.Next(deals.Length)] : null;
        var choice = random.Next(100);
        Last = choice switch
        {
            < 22 => Do("win a new deal", WinNewDeal),
            < 30 when deal is not null => Do($"split {deal}", () => Split(deal)),
            < 36 when deal is not null => Do($"reopen {deal}", () => Decide(
                deal, DateBetween(today.AddDays(-40), today), _ => ReopenDeal.Decide(new("changed their mind")))),
            < 42 when deal is not null => Do($"win {deal} again", () => Decide(
                deal, EndOf(today), state => WinDeal.Decide(state, new(today, Usd(random.Next(1, 500) * 100))))),
            < 50 when deal is not null => Do($"correct {deal}", () => Correct(deal)),
            < 57 => Do("transfer an account", Transfer),
            < 65 when deal is not null => Do($"contract for {deal}", () => DraftContract(deal)),
            < 74 => Do("cash", Cash),
            < 78 => Do("terminate", Terminate),
            < 82 => Do("a new plan", ChangePlan),
            < 88 => Do("close", Close),
            < 92 => Do("adjust", () => Request("adjustment", PostingKind.Adjusted)),
            < 96 => Do("pay out", () => Request("payout", PostingKind.Paid)),
            _ => Do("time goes by", () => today = today.AddDays(random.Next(1, 25))),
        };
    }

    private static string Do(string what, Action act)
    {
        act();
        return what;
    }

    private void WinNewDeal()
    {
        var id = $"d{++made}";
        var closedOn = DateOf(DateBetween(new(2025, 1, 1), today));
        var opening = new DealEvent.Opened(
            id, Pipeline.DefaultId, new("prospecting"), random.Next(3) == 0 ? null : Pick(Accounts),
            random.Next(8) == 0 ? null : Pick(Reps), Usd(random.Next(1, 900) * 100 + random.Next(100)));
        Company.Deals.TryDecide(
            id, StartOf(closedOn.AddDays(-random.Next(60))), _ => Decision<DealEvent>.Accept(opening));
        Company.Deals.TryDecide(id, EndOf(closedOn), state => WinDeal.Decide(state, new(closedOn, null)));
        today = today.AddDays(random.Next(0, 5));
    }

    private void Split(string deal)
    {
        var percent = random.Next(0, 10_001) / 100m;
        Split[] splits = random.Next(5) == 0
            ? [new(Reps[2], random.Next(1, 101), SplitKind.Overlay)]
            : [new(Reps[0], percent, SplitKind.Revenue), new(Reps[1], 100 - percent, SplitKind.Revenue)];
        Decide(deal, EndOf(today), state => ChangeSplits.Decide(state, new(splits)));
    }

    private void Correct(string deal)
    {
        var facts = Company.Deals[deal].Facts;
        Company.Deals.TryVoid(deal, facts[random.Next(facts.Count)].Id);
    }

    private void Transfer() => Company.Assignments.TryDecide(
        Pick(Accounts).Value, DateBetween(today.AddDays(-60), today),
        _ => Decision<AssignmentEvent>.Accept(new AssignmentEvent.Assigned(AssignmentRole.Owner, Pick(Reps), "a transfer")));

    private void DraftContract(string deal)
    {
        if (Company.Deals[deal].Latest is not { Status: DealStatus.Won, ClosedOn: { } on, Amount: { Amount: > 0 } amount } state)
        {
            return;
        }

        var id = $"c{++made}";
        Company.Contracts.TryDecide(id, StartOf(on), _ => Decision<ContractEvent>.Accept(new ContractEvent.Drafted(
            state.AccountId ?? new("acme"), new(on, on.AddMonths(12).AddDays(-1)), amount, AutoRenew: false, NoticeDays: 0, new(deal))));
        Company.Contracts.TryDecide(id, StartOf(on), _ => Decision<ContractEvent>.Accept(new ContractEvent.Signed(on)));
        Company.Contracts.TryDecide(id, StartOf(on), _ => Decision<ContractEvent>.Accept(
            new ContractEvent.Invoiced(new($"i{made}"), on, amount)));
    }

    private void Cash()
    {
        var contracts = Company.Contracts.Ids.ToArray();
        if (contracts.Length == 0)
        {
            return;
        }

        var id = Pick(contracts);
        if (Company.Contracts[id].Latest.Receivables.Invoices is not [var invoice, ..])
        {
            return;
        }

        var on = DateOf(DateBetween(invoice.On, today));
        var part = invoice.Amount with { Amount = decimal.Round(invoice.Amount.Amount * random.Next(1, 60) / 100, 2) };
        ContractEvent what = random.Next(6) switch
        {
            0 => new ContractEvent.CreditNoteIssued(new($"n{++made}"), invoice.Id, on, part),
            1 => new ContractEvent.RefundPaid(new($"r{++made}"), invoice.Id, on, part),
            _ => new ContractEvent.PaymentReceived(new($"p{++made}"), on, part, invoice.Id),
        };
        Company.Contracts.TryDecide(id, EndOf(on), _ => Decision<ContractEvent>.Accept(what));
    }

    private void Terminate()
    {
        var contracts = Company.Contracts.Ids.ToArray();
        if (contracts.Length > 0)
        {
            Company.Contracts.TryDecide(
                Pick(contracts), StartOf(today),
                _ => Decision<ContractEvent>.Accept(new ContractEvent.Terminated(today, "no longer needed")));
        }
    }

    private void ChangePlan()
    {
        var rep = Pick(Reps);
        var from = DateOf(DateBetween(today.AddDays(-90), today));
        PlanTerm[] before = [.. Company.Terms[rep].Where(term => term.From < from)];
        if (before is [.., var last])
        {
            Company.Terms[rep] = [.. before, new(VersionOf(NewPlan(last.Version.Plan.Period)), from)];
        }
    }

    private void Close()
    {
        var calendar = Company.Calendar(today);
        var earliest = Company.Lines.Select(line => (DateOnly?)Period.MonthOf(line.PostedOn).From).Min();
        var month = Period.MonthOf(calendar.FirstOpen ?? earliest ?? new(2025, 1, 1));
        if (month.To > today)
        {
            return;
        }

        var before = Company.Periods[ClosePeriod.Before(month).MonthKey].Latest;
        var books = Company.Books[Books.Id].Latest;
        if (Company.Periods.TryDecide(
            month.MonthKey, StartOf(today), state => ClosePeriod.Decide(state, month, before, books, earliest)))
        {
            Company.Books.TryDecide(Books.Id, StartOf(today), state => ClosePeriod.Begin(state, month));
            var seal = new PeriodEvent.Sealed([.. Totals.Of(Company, month)], Company.Log.Count, 1, "00");
            Company.Periods.TryDecide(month.MonthKey, StartOf(today), state => ClosePeriod.Seal(state, seal));
        }
    }

    /// <summary>Asked for by one, approved by another, and posted; a third of them is rejected.</summary>
    private void Request(string kind, PostingKind posting)
    {
        var (id, rep) = ($"{kind}/{++made}", Pick(Reps));
        var asked = new ApprovalEvent.Requested(rep, Period.MonthOf(today).MonthKey, today, kind, "ann", Usd(random.Next(1, 300)));
        Company.Approvals.TryDecide(id, EndOf(today), state => Approval.Ask(state, asked));
        if (random.Next(3) == 0)
        {
            Company.Approvals.TryDecide(id, EndOf(today), state => Approval.Reject(state, "bob", "no"));
            return;
        }

        if (Company.Approvals.TryDecide(id, EndOf(today), state => Approval.Approve(state, "bob", null)))
        {
            var month = Company.Calendar(today).PeriodFor(today);
            var journal = new LedgerEvent.JournalPosted(
                posting == PostingKind.Paid ? JournalSource.Payout : JournalSource.Adjustment, rep, month.MonthKey,
                Period.MonthOf(today).MonthKey, today, [JournalLine.Of(posting, today, asked.Amount!.Value, kind)]);
            Company.Ledgers.TryDecide(
                RepLedger.IdOf(rep, journal.OriginPeriod), StartOf(today), state => RepLedger.Post(state, journal));
        }
    }

    private Plan NewPlan(PlanPeriod? period = null)
    {
        ValueList<Tier> tiers = random.Next(3) == 0
            ? [new(0, 0.075m)]
            : [new(0, 0.05m), new(20_000, 0.08m), new(60_000, random.Next(6, 14) / 100m)];
        var kind = Pick<RateKind>([RateKind.Marginal, RateKind.Retroactive, RateKind.WholeDeal]);
        var plan = new Plan(
            "a plan", "USD", period ?? Pick<PlanPeriod>([PlanPeriod.Month, PlanPeriod.Quarter, PlanPeriod.Year]),
            [new("base", Measure.Bookings, new(kind, RateUnit.Amount, tiers))],
            random.Next(3) == 0 ? PayOn.Cash : PayOn.Booking,
            random.Next(4) == 0 ? new(Pick<DrawKind>([DrawKind.Guarantee, DrawKind.Additional]), random.Next(3) > 0, 1_500) : null,
            random.Next(3) == 0 ? new(10, AfterDays: 45) : null,
            random.Next(2) == 0 ? new(Pick<ClawbackMethod>([ClawbackMethod.Full, ClawbackMethod.ProRata]), TermMonths: 12) : null,
            OnChange: Pick<PlanChange>([PlanChange.SplitPeriod, PlanChange.DealDate, PlanChange.Carry]));
        plans.Add(plan);
        return plan;
    }

    private PlanVersion VersionOf(Plan plan) => new(new($"plan{plans.Count}"), 1, "hash", plan);

    private void Decide(string deal, DateTimeOffset at, Func<Deal, Decision<DealEvent>> decide) =>
        Company.Deals.TryDecide(deal, at, decide);

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private DateTimeOffset DateBetween(DateOnly from, DateOnly to) =>
        EndOf(from.AddDays(random.Next(Math.Max(1, to.DayNumber - from.DayNumber + 1))));

    private static DateOnly DateOf(DateTimeOffset at) => BusinessCalendar.Utc.DateOf(at);

    private static DateTimeOffset StartOf(DateOnly date) => BusinessCalendar.Utc.StartOf(date);

    private static DateTimeOffset EndOf(DateOnly date) => BusinessCalendar.Utc.EndOf(date);

    private static Money Usd(decimal amount) => new(amount, "USD");
}
