namespace SalesOps.Domain.Ledger;

/// <summary>
/// What happened to a request that needs a second person: the streams <c>adjustment/…</c>, <c>payout/…</c> and
/// <c>dispute/…</c>. Who did it stands in the events, since the decision depends on it.
/// </summary>
public abstract record ApprovalEvent
{
    private ApprovalEvent()
    {
    }

    /// <param name="RepId">The beneficiary.</param>
    /// <param name="Period">The month that it is to be posted in; of a dispute the one that it is about.</param>
    /// <param name="On">The business date from which it counts.</param>
    /// <param name="Amount">To post; negative where it is taken back. Of a dispute: the correction asked for, if one is.</param>
    /// <param name="EntryIds">The entries of the ledger that are in dispute.</param>
    public sealed record Requested(
        RepId RepId,
        string Period,
        DateOnly On,
        string Reason,
        string By,
        Money? Amount = null,
        DealId? DealId = null,
        ValueList<string>? EntryIds = null) : ApprovalEvent;

    public sealed record Approved(string By, string? Note = null) : ApprovalEvent;

    public sealed record Rejected(string By, string Reason) : ApprovalEvent;
}

public enum ApprovalStatus
{
    None,
    Open,
    Approved,
    Rejected,
}

/// <summary>A request for an adjustment, a payout or the correction of disputed lines, at one instant.</summary>
public sealed record Approval(ApprovalStatus Status, ApprovalEvent.Requested? Request, string? DecidedBy)
{
    public static Decider<Approval, ApprovalEvent> Decider { get; } = new(new Approval(ApprovalStatus.None, null, null), Evolve, Admit);

    /// <summary>Makes the request; the same again is no second one.</summary>
    public static Decision<ApprovalEvent> Ask(Approval state, ApprovalEvent.Requested request) => state switch
    {
        { Status: ApprovalStatus.None } => Decision<ApprovalEvent>.Accept(request),
        _ when state.Request == request => Decision<ApprovalEvent>.Nothing,
        _ => Rejection.Conflict("request-exists", "There is another request of that id."),
    };

    /// <summary>Approves it, as somebody else than its author and its beneficiary.</summary>
    public static Decision<ApprovalEvent> Approve(Approval state, string by, string? note) => state.Status switch
    {
        ApprovalStatus.Approved when state.DecidedBy == by => Decision<ApprovalEvent>.Nothing,
        _ => state.RefuseDecisionBy(by) is { } refusal
            ? refusal
            : Decision<ApprovalEvent>.Accept(new ApprovalEvent.Approved(by, note)),
    };

    /// <summary>Rejects it; the author may too, which withdraws it.</summary>
    public static Decision<ApprovalEvent> Reject(Approval state, string by, string reason) => state switch
    {
        { Status: ApprovalStatus.Rejected } when state.DecidedBy == by => Decision<ApprovalEvent>.Nothing,
        _ => state.RefuseRejectionBy(by) is { } refusal
            ? refusal
            : Decision<ApprovalEvent>.Accept(new ApprovalEvent.Rejected(by, reason)),
    };

    private Rejection? RefuseRejectionBy(string by) => this switch
    {
        { Status: not ApprovalStatus.Open } => Decided(),
        _ when by == Request!.RepId.Value && by != Request.By => Rejection.Conflict(
            "approver-is-beneficiary", "Nobody decides on their own pay."),
        _ => null,
    };

    private Rejection? RefuseDecisionBy(string by) => this switch
    {
        { Status: not ApprovalStatus.Open } => Decided(),
        _ when by == Request!.By => Rejection.Conflict("approver-is-author", "Nobody approves their own request."),
        _ when by == Request.RepId.Value =>
            Rejection.Conflict("approver-is-beneficiary", "Nobody approves what they are paid themselves."),
        _ => null,
    };

    private static Approval Evolve(Approval state, Fact<ApprovalEvent> fact) => fact.Event switch
    {
        ApprovalEvent.Requested e => new(ApprovalStatus.Open, e, null),
        ApprovalEvent.Approved e => state with { Status = ApprovalStatus.Approved, DecidedBy = e.By },
        ApprovalEvent.Rejected e => state with { Status = ApprovalStatus.Rejected, DecidedBy = e.By },
        _ => state,
    };

    private static Rejection? Admit(Approval state, ApprovalEvent @event) => (@event, state.Status) switch
    {
        (ApprovalEvent.Requested, ApprovalStatus.None) => null,
        (ApprovalEvent.Requested, _) => Rejection.Conflict("request-exists", "There is another request of that id."),
        (ApprovalEvent.Approved e, _) => state.RefuseDecisionBy(e.By),
        (ApprovalEvent.Rejected e, _) => state.RefuseRejectionBy(e.By),
        _ => null,
    };

    private static Rejection Decided() =>
        Rejection.Conflict("request-decided", "The request was decided before, or there is none.");
}

/// <summary>What every request must be, whatever it asks for.</summary>
public static class ApprovalRules
{
    private const decimal Limit = 1_000_000_000_000_000;

    /// <summary>Why a request can't be made; null where it can.</summary>
    public static Rejection? Check(ApprovalEvent.Requested request) => request switch
    {
        _ when InputRules.Text(request.Reason, "/reason") is { } refusal => refusal,
        _ when InputRules.Date(request.On, "/on") is { } refusal => refusal,
        { Amount: { Amount: 0 } } => Rejection.Invalid("amount-zero", "There is nothing to post.", "/amount"),
        { Amount: { Amount: >= Limit or <= -Limit } } =>
            Rejection.Invalid("amount-too-large", "The amount is below 10 to the power of 15.", "/amount"),
        _ => null,
    };
}
