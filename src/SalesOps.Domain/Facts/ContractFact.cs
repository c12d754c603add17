using SalesOps.Domain.Contracts;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a contract.</summary>
/// <param name="Value">The price of the term.</param>
/// <param name="AnnualValue">The price of a year.</param>
/// <param name="Escalated">What of it escalators have added since the beginning.</param>
/// <param name="LostFor">Why it was terminated, or will not be renewed.</param>
/// <param name="NextDue">When the clock has something to say of it next.</param>
public sealed record ContractFact(
    ContractStatus Status,
    AccountId AccountId,
    DealId? DealId,
    DateOnly TermStart,
    DateOnly TermEnd,
    Money Value,
    decimal AnnualValue,
    decimal Escalated,
    TermSource Source,
    int TermNumber,
    bool AutoRenew,
    DateOnly NoticeDeadline,
    DateOnly? NoticeOn,
    string? LostFor,
    DateTimeOffset? NextDue)
{
    /// <summary>Nothing is kept of a contract before it is drafted.</summary>
    public static ContractFact? Of(Contract contract) => contract.Drafting is not { } drafting
        ? null
        : new(
            contract.Status,
            drafting.AccountId,
            drafting.DealId,
            contract.Term!.Start,
            contract.Term.End,
            contract.Value!.Value,
            contract.AnnualValue!.Value.Amount,
            contract.Escalated,
            contract.Terms[^1].Source,
            contract.Terms.Count,
            contract.AutoRenew,
            contract.NoticeDeadline!.Value,
            contract.Notice?.GivenOn,
            contract.Termination?.Reason ?? contract.Notice?.Reason,
            ContractClock.DueOf(contract, BusinessCalendar.Utc)?.EffectiveAt);
}
