namespace SalesOps.Domain.Contracts;

public enum ContractStatus
{
    /// <summary>Not drafted (yet).</summary>
    None,
    Draft,

    /// <summary>Signed, and not activated yet.</summary>
    Executed,
    Active,

    /// <summary>The last day for a notice has come; from the next on the term ends or renews as it stands.</summary>
    InNoticeWindow,
    Expired,

    /// <summary>Expired, but performance goes on.</summary>
    Holdover,
    Terminated,
    Superseded,
}

/// <summary>A term with its price and how it came about.</summary>
public sealed record AgreedTerm(Term Term, Money Value, TermSource Source);

/// <summary>The state of a contract at one instant.</summary>
public sealed record Contract
{
    public static Decider<Contract, ContractEvent> Decider { get; } = new(new Contract(), Evolve, Admit);

    public ContractStatus Status { get; init; }

    /// <summary>How it was drafted: a repeated creation is told from another one by it.</summary>
    public ContractEvent.Drafted? Drafting { get; init; }

    public DateTimeOffset DraftedAt { get; init; }

    public ContractEvent.Sent? Sending { get; init; }

    public ContractEvent.Signed? Signature { get; init; }

    /// <summary>The terms so far, the one in force last.</summary>
    public ValueList<AgreedTerm> Terms { get; init; }

    public bool AutoRenew { get; init; }

    public int NoticeDays { get; init; }

    /// <summary>The notice that stands in the present term.</summary>
    public ContractEvent.NoticeGiven? Notice { get; init; }

    public ContractEvent.Terminated? Termination { get; init; }

    public ContractId? SupersededBy { get; init; }

    /// <summary>What escalators have added to the price of a year since the beginning; no expansion (RULES R26).</summary>
    public decimal Escalated { get; init; }

    public ValueList<ContractDocument> Documents { get; init; }

    public Receivables Receivables { get; init; } = new([], []);

    public Term? Term => Terms is [.., var last] ? last.Term : null;

    /// <summary>The price of the present term.</summary>
    public Money? Value => Terms is [.., var last] ? last.Value : null;

    /// <summary>The price of a year, at full precision: what terms of different length are compared by.</summary>
    public Money? AnnualValue => Terms is [.., var last] ? last.Value with { Amount = last.Value.Amount / last.Term.Years } : null;

    /// <summary>The last day on which a notice is timely, in calendar days before the last of the term (RULES R26).</summary>
    public DateOnly? NoticeDeadline => Term?.End.AddDays(-NoticeDays);

    /// <summary>Whether it binds both sides in an agreed term.</summary>
    public bool IsInForce => Status is ContractStatus.Executed or ContractStatus.Active or ContractStatus.InNoticeWindow;

    /// <summary>Whether its terms govern, or are presumed to.</summary>
    public bool Governs => IsInForce || Status == ContractStatus.Holdover;

    /// <summary>The price of a term that follows, by the price so far, the escalator and the lengths of the terms.</summary>
    internal Money ValueOf(ContractEvent.Renewed e) => e.Value ?? (AnnualValue!.Value with
    {
        Amount = AnnualValue.Value.Amount * e.Term.Years * (1 + ((e.Uplift ?? Drafting?.Escalator?.Agreed(null) ?? 0) / 100)),
    }).Rounded();

    private static Contract Evolve(Contract state, Fact<ContractEvent> fact) => fact.Event switch
    {
        ContractEvent.Drafted e => state with
        {
            Status = ContractStatus.Draft,
            Drafting = e,
            DraftedAt = fact.EffectiveAt,
            Terms = [new(e.Term, e.Value, TermSource.Original)],
            AutoRenew = e.AutoRenew,
            NoticeDays = e.NoticeDays,
            Documents = [new(fact.Id, DocumentKind.Original, fact.EffectiveAt, null, [.. e.Clauses ?? []])],
        },
        ContractEvent.Sent e => state with { Sending = e },
        ContractEvent.Signed e => state with
        {
            Status = ContractStatus.Executed,
            Signature = e,
            Documents = [.. state.Documents.Select(document => document with { SignedOn = e.SignedOn })],
        },
        ContractEvent.Activated => state with { Status = ContractStatus.Active },
        ContractEvent.Amended e when state.Term is not null => state.Amended(e, fact),
        ContractEvent.NoticeGiven e => state with { Notice = e },
        ContractEvent.Renewed e when state.Term is not null && (e.Source != TermSource.Auto || state.RenewsBy(e)) =>
            state.Renewed(e, fact),
        ContractEvent.Terminated e => state with { Status = ContractStatus.Terminated, Termination = e },
        ContractEvent.Superseded e => state with { Status = ContractStatus.Superseded, SupersededBy = e.By },

        // What the clock said may be overtaken by what is learned later; it then says nothing, until it is taken back.
        ContractEvent.NoticeWindowEntered e when state.IsInForce && state.Term?.End == e.TermEnd =>
            state with { Status = ContractStatus.InNoticeWindow },
        ContractEvent.Expired e when state.IsInForce && state.Term?.End == e.TermEnd =>
            state with { Status = ContractStatus.Expired },
        ContractEvent.HeldOver e when state.Status == ContractStatus.Expired && state.Term?.End == e.TermEnd =>
            state with { Status = ContractStatus.Holdover },
        _ => state with { Receivables = state.Receivables.Evolve(fact.Event) },
    };

    private bool RenewsBy(ContractEvent.Renewed e) =>
        IsInForce && AutoRenew && Notice is null && Term?.Next(Drafting?.RenewalMonths) == e.Term;

    private Contract Amended(ContractEvent.Amended e, Fact<ContractEvent> fact)
    {
        var last = Terms[^1];
        var end = e.TermEnd ?? last.Term.End;
        var isMoved = (end, e.NoticeDays ?? NoticeDays) != (last.Term.End, NoticeDays);
        return this with
        {
            // Another end has another notice window, and revives what had expired with the old one.
            Status = isMoved && (Status is ContractStatus.InNoticeWindow or ContractStatus.Expired or ContractStatus.Holdover)
                ? ContractStatus.Active
                : Status,
            Terms = [.. Terms.Take(Terms.Count - 1), last with { Term = last.Term with { End = end }, Value = e.Value ?? last.Value }],
            AutoRenew = e.AutoRenew ?? AutoRenew,
            NoticeDays = e.NoticeDays ?? NoticeDays,
            Documents = [.. Documents, new(fact.Id, DocumentKind.Amendment, fact.EffectiveAt, e.SignedOn, [.. e.Clauses])],
        };
    }

    private Contract Renewed(ContractEvent.Renewed e, Fact<ContractEvent> fact)
    {
        var value = ValueOf(e);
        var agreed = AnnualValue!.Value.Amount * (Drafting?.Escalator?.Agreed(e.Uplift) ?? 0) / 100;
        var rise = (value.Amount / e.Term.Years) - AnnualValue.Value.Amount;
        return this with
        {
            Status = ContractStatus.Active,
            Terms = [.. Terms, new(e.Term, value, e.Source)],
            Notice = null,
            Escalated = Escalated + Math.Clamp(rise, 0, Math.Max(0, agreed)),
            Documents = e.Source == TermSource.Auto
                ? Documents
                : [.. Documents, new(fact.Id, DocumentKind.Renewal, fact.EffectiveAt, e.SignedOn, [.. e.Clauses ?? []])],
        };
    }

    private static Rejection? Admit(Contract state, ContractEvent @event) => (@event, state.Status) switch
    {
        (ContractEvent.Drafted, ContractStatus.None) => null,
        (ContractEvent.Drafted, _) => Rejection.Conflict("contract-exists", "The contract was drafted before."),
        (_, ContractStatus.None) => Rejection.Conflict("contract-not-drafted-yet", "The contract was not drafted yet at that time."),
        ({ IsOfClock: true }, _) => null,
        (ContractEvent.Sent or ContractEvent.Signed, ContractStatus.Draft) => null,
        (ContractEvent.Sent or ContractEvent.Signed, _) =>
            Rejection.Conflict("contract-signed", "The contract was signed before."),
        (_, ContractStatus.Draft) => Rejection.Conflict("contract-not-signed", "The contract is not signed at that time."),
        (ContractEvent.Invoiced or ContractEvent.PaymentReceived or ContractEvent.CreditNoteIssued or ContractEvent.RefundPaid, _) =>
            state.Receivables.Admit(@event),
        (_, ContractStatus.Terminated) => Rejection.Conflict("contract-terminated", "The contract is terminated."),
        (_, ContractStatus.Superseded) => Rejection.Conflict("contract-superseded", "Another contract has taken its place."),
        (ContractEvent.Activated, ContractStatus.Executed) => null,
        (ContractEvent.Activated, _) => Rejection.Conflict("contract-active", "The contract was active before."),
        (ContractEvent.NoticeGiven e, _) => state.AdmitNotice(e),
        (ContractEvent.Renewed e, _) when e.Term.Start <= state.Term!.End => Rejection.Conflict(
            "term-overlaps", $"The term before it ends on {ContractText.Of(state.Term.End)}."),
        (ContractEvent.Amended { TermEnd: { } end }, _) when end < state.Term!.Start => Rejection.Conflict(
            "term-reversed", $"The term starts on {ContractText.Of(state.Term.Start)}."),
        _ => null,
    };

    private Rejection? AdmitNotice(ContractEvent.NoticeGiven e) => e switch
    {
        _ when !IsInForce => Rejection.Conflict("contract-expired", "The contract has expired already."),
        _ when Notice is not null => Rejection.Conflict("notice-given", "Notice was given before."),
        _ when e.TermEnd != Term!.End =>
            Rejection.Conflict("notice-of-another-term", $"The term ends on {ContractText.Of(Term.End)}."),
        _ when e.GivenOn > NoticeDeadline => Rejection.Conflict(
            "notice-after-deadline", $"The last day for a notice was {ContractText.Of(NoticeDeadline!.Value)}."),
        _ => null,
    };
}

/// <summary>How refusals write dates.</summary>
internal static class ContractText
{
    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
