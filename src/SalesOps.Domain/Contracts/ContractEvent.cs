using System.Text.Json.Serialization;

namespace SalesOps.Domain.Contracts;

/// <summary>A clause of a paper.</summary>
/// <param name="Value">Its text, or the value that matters of it.</param>
/// <param name="TemplateVersion">The version of the template from which on it reads so; absent where it was written for this paper.</param>
public sealed record Clause(ClauseKey Key, string Value, string? Title = null, long? TemplateVersion = null);

/// <summary>Who gives a notice.</summary>
public enum NoticeParty
{
    Customer,
    Us,
}

public enum NoticeKind
{
    /// <summary>The contract shall end with its term.</summary>
    NonRenewal,

    /// <summary>The contract shall end, at the latest with its term.</summary>
    Termination,
}

/// <summary>How a term came about.</summary>
public enum TermSource
{
    /// <summary>By the first paper.</summary>
    Original,

    /// <summary>By a renewal that both signed.</summary>
    Paper,

    /// <summary>By itself, since nobody gave notice in time.</summary>
    Auto,
}

/// <summary>What happened to a contract.</summary>
public abstract record ContractEvent
{
    private ContractEvent()
    {
    }

    /// <param name="RenewalMonths">How long a renewed term is; absent for as long as the term before it.</param>
    /// <param name="Billing">How it is billed, for example <c>annual</c>.</param>
    /// <param name="CoTerminatesWith">The contract whose term this one was made to end with.</param>
    public sealed record Drafted(
        AccountId AccountId,
        Term Term,
        Money Value,
        bool AutoRenew,
        int NoticeDays,
        DealId? DealId = null,
        ContractTemplateId? TemplateId = null,
        long? TemplateVersion = null,
        int? RenewalMonths = null,
        Escalator? Escalator = null,
        string? Billing = null,
        ContractId? CoTerminatesWith = null,
        IReadOnlyList<Clause>? Clauses = null) : ContractEvent
    {
        public bool Equals(Drafted? other) => other is not null
            && (AccountId, Term, Value, AutoRenew, NoticeDays, DealId) ==
                (other.AccountId, other.Term, other.Value, other.AutoRenew, other.NoticeDays, other.DealId)
            && (TemplateId, TemplateVersion, RenewalMonths, Escalator, Billing, CoTerminatesWith) ==
                (other.TemplateId, other.TemplateVersion, other.RenewalMonths, other.Escalator, other.Billing, other.CoTerminatesWith)
            && (Clauses ?? []).SequenceEqual(other.Clauses ?? []);

        public override int GetHashCode() => HashCode.Combine(AccountId, Term, Value);
    }

    public sealed record Sent(string? To = null) : ContractEvent;

    public sealed record Signed(DateOnly SignedOn, string? By = null) : ContractEvent;

    public sealed record Activated : ContractEvent;

    /// <summary>A paper that changes clauses, the value, the end of the term; what is absent stays.</summary>
    public sealed record Amended(
        IReadOnlyList<Clause> Clauses,
        Money? Value = null,
        DateOnly? TermEnd = null,
        bool? AutoRenew = null,
        int? NoticeDays = null,
        DateOnly? SignedOn = null) : ContractEvent
    {
        public bool Equals(Amended? other) => other is not null
            && (Value, TermEnd, AutoRenew, NoticeDays, SignedOn) ==
                (other.Value, other.TermEnd, other.AutoRenew, other.NoticeDays, other.SignedOn)
            && Clauses.SequenceEqual(other.Clauses);

        public override int GetHashCode() => HashCode.Combine(Value, TermEnd, Clauses.Count);
    }

    /// <param name="TermEnd">The end of the term that it was given in.</param>
    public sealed record NoticeGiven(
        DateOnly GivenOn, NoticeParty By, NoticeKind Kind, DateOnly TermEnd, string? Reason = null) : ContractEvent;

    /// <summary>Takes effect with the start of the new term.</summary>
    /// <param name="Value">Absent where the price follows from the term before and the escalator.</param>
    /// <param name="Uplift">By how many percent the price rises, where it is not the escalator that says so.</param>
    /// <param name="CoTerminatesWith">The contract whose term the new one was made to end with.</param>
    public sealed record Renewed(
        Term Term,
        TermSource Source,
        Money? Value = null,
        decimal? Uplift = null,
        DateOnly? SignedOn = null,
        ContractId? CoTerminatesWith = null,
        IReadOnlyList<Clause>? Clauses = null) : ContractEvent
    {
        public bool Equals(Renewed? other) => other is not null
            && (Term, Source, Value, Uplift, SignedOn, CoTerminatesWith) ==
                (other.Term, other.Source, other.Value, other.Uplift, other.SignedOn, other.CoTerminatesWith)
            && (Clauses ?? []).SequenceEqual(other.Clauses ?? []);

        public override int GetHashCode() => HashCode.Combine(Term, Source, Value);
    }

    public sealed record Terminated(DateOnly On, string Reason) : ContractEvent;

    /// <param name="By">The contract that takes its place.</param>
    public sealed record Superseded(ContractId By) : ContractEvent;

    /// <summary>By the clock: the last day on which a notice is timely has come.</summary>
    public sealed record NoticeWindowEntered(DateOnly TermEnd) : ContractEvent;

    /// <summary>By the clock: the term is over and no other follows.</summary>
    public sealed record Expired(DateOnly TermEnd) : ContractEvent;

    /// <summary>By the clock: performance goes on although the contract has expired.</summary>
    public sealed record HeldOver(DateOnly TermEnd) : ContractEvent;

    public sealed record Invoiced(InvoiceId InvoiceId, DateOnly On, Money Amount, DateOnly? DueOn = null) : ContractEvent;

    /// <param name="InvoiceId">Absent where it pays the oldest open invoices.</param>
    public sealed record PaymentReceived(BillingId PaymentId, DateOnly On, Money Amount, InvoiceId? InvoiceId = null) : ContractEvent;

    public sealed record CreditNoteIssued(
        BillingId CreditNoteId, InvoiceId InvoiceId, DateOnly On, Money Amount, string? Reason = null) : ContractEvent;

    public sealed record RefundPaid(
        BillingId RefundId, InvoiceId InvoiceId, DateOnly On, Money Amount, string? Reason = null) : ContractEvent;

    /// <summary>Whether it is the clock that says so, and not somebody.</summary>
    [JsonIgnore]
    public bool IsOfClock => this is NoticeWindowEntered or Expired or HeldOver or Renewed { Source: TermSource.Auto };
}
