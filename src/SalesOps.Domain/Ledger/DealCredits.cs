using SalesOps.Domain.Assignments;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Deals;
using PayCredit = SalesOps.Domain.Compensation.Credit;

namespace SalesOps.Domain.Ledger;

/// <summary>What one rep is credited with for a deal.</summary>
public sealed record RepCredit(RepId RepId, PayCredit Credit);

/// <summary>
/// Turns the history of a deal, of its account's assignments and of its contracts into what compensation counts: who is
/// credited with what, what was cancelled, what the customer paid (RULES R14, R17, R18).
/// </summary>
public static class DealCredits
{
    /// <summary>The source of deals that renew a contract.</summary>
    private const string RenewalSource = "renewal";

    /// <param name="asOf">What takes effect later is left out.</param>
    /// <param name="accounts">The assignments of every account that the deal was ever with.</param>
    /// <param name="contracts">The contracts made for the deal.</param>
    public static IReadOnlyList<RepCredit> Of(
        DealId id,
        Timeline<Deal, DealEvent> deal,
        IReadOnlyDictionary<AccountId, Timeline<AccountAssignments, AssignmentEvent>> accounts,
        IReadOnlyList<Timeline<Contract, ContractEvent>> contracts,
        DateTimeOffset asOf,
        BusinessCalendar calendar)
    {
        var billing = Billing.Of(contracts, asOf);
        var credits = new List<RepCredit>();
        foreach (var (index, won) in WinsOf(deal, asOf).Index())
        {
            var creditedAt = calendar.EndOf(won.State.ClosedOn!.Value);
            var owner = won.State.AccountId is { } accountId ? accounts[accountId].At(creditedAt) : null;
            var shares = DealCredit.Of(won.State, owner);
            var amounts = RevenueOf(won.State.Amount, shares);
            var name = index == 0 ? id.Value : $"{id}~{index + 1}";
            var closedOn = won.State.ClosedOn.Value;
            var cancelled = Earlier(
                won.Cancelled is { } reopened ? (Later(closedOn, calendar.DateOf(reopened.EffectiveAt)), reopened.Id) : null,
                index == 0 && billing.Ended?.On >= closedOn ? billing.Ended : null);
            foreach (var (place, share) in shares.Index())
            {
                var isRevenue = share.Kind == SplitKind.Revenue;
                var credit = new PayCredit(
                    isRevenue ? name : $"{name}~overlay", closedOn, won.State.Amount)
                {
                    DealId = id.Value,
                    ClosedAt = won.Fact.EffectiveAt,
                    Percent = share.Percent,
                    Share = amounts?[place],
                    Kind = EnumName<SplitKind>.Of(share.Kind),
                    Units = won.State.Products is [] ? null : won.State.Products.Sum(line => line.Quantity),
                    Products = [.. won.State.Products.Select(line => new CreditProduct(line.ProductId.Value, line.Quantity))],
                    TermStart = billing.Term?.Start,
                    TermEnd = billing.Term?.End,
                    Invoiced = billing.Value is { } value && value.Currency == won.State.Amount?.Currency ? value : null,
                    Collected = billing.Receipts,
                    CancelledOn = cancelled?.On,
                    IsRenewal = string.Equals(won.State.Source, RenewalSource, StringComparison.OrdinalIgnoreCase),
                    CancelEvents = cancelled is { } end ? [end.EventId] : [],
                    SourceEvents = won.SourcesOf(share, owner),
                };
                credits.Add(new(share.RepId, credit));
                credits.AddRange(billing.Notes
                    .Where(note => index == 0 && isRevenue && note.Amount.Currency == won.State.Amount?.Currency)
                    .Select(note => new RepCredit(share.RepId, Negative(credit, note))));
            }
        }

        return credits;
    }

    /// <summary>Every account that a deal was ever with.</summary>
    public static IEnumerable<AccountId> AccountsOf(Timeline<Deal, DealEvent> deal) => deal.Facts
        .Select(fact => fact.Event switch
        {
            DealEvent.Opened e => e.AccountId,
            DealEvent.AccountChanged e => e.AccountId,
            _ => null,
        })
        .OfType<AccountId>()
        .Distinct();

    /// <summary>A credit note is a negative credit: it lowers what is earned and what the customer has to pay alike.</summary>
    private static PayCredit Negative(PayCredit credit, CreditNote note) => new(
        $"{credit.Id}~{note.Id}", note.On, note.Amount with { Amount = -note.Amount.Amount })
    {
        DealId = credit.DealId,
        Percent = credit.Percent,
        Kind = credit.Kind,
        SourceEvents = [note.EventId],
    };

    /// <summary>The shares of the revenue by largest remainder; an overlay has none of it.</summary>
    private static Money?[]? RevenueOf(Money? amount, IReadOnlyList<Assignments.Credit> shares)
    {
        var weights = shares.Select(share => share.Kind == SplitKind.Revenue ? share.Percent : 0).ToArray();
        if (amount is not { } money || weights.Sum() == 0)
        {
            return null;
        }

        var parts = money.Allocate(weights);
        return [.. shares.Select((share, index) => share.Kind == SplitKind.Revenue ? parts[index] : (Money?)null)];
    }

    private static (DateOnly On, Guid EventId)? Earlier((DateOnly On, Guid EventId)? one, (DateOnly On, Guid EventId)? other) =>
        one is null || other?.On < one.Value.On ? other ?? one : one;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    /// <summary>The times for which the deal was won, each with the state that it had in it last.</summary>
    private static List<Win> WinsOf(Timeline<Deal, DealEvent> deal, DateTimeOffset asOf)
    {
        var state = Deal.Decider.Initial;
        var facts = new List<Fact<DealEvent>>();
        var wins = new List<Win>();
        foreach (var fact in deal.Facts.Where(fact => fact.Voided is null && fact.EffectiveAt <= asOf))
        {
            var before = state.Status;
            state = Deal.Decider.Evolve(state, fact);
            facts.Add(fact);
            switch (before == DealStatus.Won, state.Status == DealStatus.Won)
            {
                case (false, true):
                    wins.Add(new(fact, state, [.. facts]));
                    break;
                case (true, true):
                    wins[^1] = wins[^1] with { State = state, Facts = [.. facts] };
                    break;
                case (true, false):
                    wins[^1] = wins[^1] with { Cancelled = fact };
                    break;
            }
        }

        return wins;
    }

    /// <param name="Fact">The win.</param>
    /// <param name="Facts">All up to the last that counts.</param>
    private sealed record Win(Fact<DealEvent> Fact, Deal State, IReadOnlyList<Fact<DealEvent>> Facts)
    {
        /// <summary>The reopening; null while the win stands.</summary>
        public Fact<DealEvent>? Cancelled { get; init; }

        /// <summary>The events that a share rests on.</summary>
        public List<Guid> SourcesOf(Assignments.Credit share, AccountAssignments? account)
        {
            var sources = Facts.Where(fact => fact.Event is DealEvent.Opened).Select(fact => fact.Id).ToList();
            AddLast<DealEvent.AmountChanged>();
            AddLast<DealEvent.ProductsChanged>();
            AddLast<DealEvent.AccountChanged>();
            if (share.Source == CreditSource.Owner)
            {
                AddLast<DealEvent.OwnerChanged>();
            }

            if (share.Source == CreditSource.Split)
            {
                AddLast<DealEvent.SplitsChanged>();
            }

            sources.Add(Fact.Id);
            if (share.Source == CreditSource.Assignment && account?.Find(AssignmentRole.Owner) is { } role)
            {
                sources.Add(role.EventId);
            }

            return sources;

            void AddLast<T>()
            {
                if (Facts.LastOrDefault(fact => fact.Event is T) is { } last)
                {
                    sources.Add(last.Id);
                }
            }
        }
    }

    private sealed record CreditNote(string Id, DateOnly On, Money Amount, Guid EventId);

    /// <summary>What contracts say of a deal's money and time.</summary>
    private sealed record Billing(
        Term? Term, Money? Value, IReadOnlyList<Receipt> Receipts, IReadOnlyList<CreditNote> Notes, (DateOnly On, Guid EventId)? Ended)
    {
        public static Billing Of(IReadOnlyList<Timeline<Contract, ContractEvent>> contracts, DateTimeOffset asOf)
        {
            Term? term = null;
            Money? value = null;
            (DateOnly On, Guid EventId)? ended = null;
            var receipts = new List<Receipt>();
            var notes = new List<CreditNote>();
            foreach (var contract in contracts)
            {
                var state = contract.At(asOf);
                if (state.Signature is null || state.Terms is not [var first, ..])
                {
                    continue;
                }

                term ??= first.Term;
                value = value is { } sum && sum.Currency == first.Value.Currency ? sum + first.Value : value ?? first.Value;
                foreach (var fact in contract.Facts.Where(fact => fact.Voided is null && fact.EffectiveAt <= asOf))
                {
                    switch (fact.Event)
                    {
                        case ContractEvent.PaymentReceived e:
                            receipts.Add(new(e.On, e.Amount) { SourceEvent = fact.Id });
                            break;
                        case ContractEvent.RefundPaid e:
                            receipts.Add(new(e.On, e.Amount with { Amount = -e.Amount.Amount }) { SourceEvent = fact.Id });
                            break;
                        case ContractEvent.CreditNoteIssued e:
                            notes.Add(new(e.CreditNoteId.Value, e.On, e.Amount, fact.Id));
                            break;
                        case ContractEvent.Terminated e when e.On <= first.Term.End:
                            ended = Earlier(ended, (e.On, fact.Id));
                            break;
                    }
                }
            }

            return new(term, value, receipts, notes, ended);
        }
    }
}
