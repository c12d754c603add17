using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary>A contract as clients see it, at one instant of both times.</summary>
/// <param name="Value">The price of the present term.</param>
/// <param name="NoticeDeadline">The last day on which a notice is timely.</param>
/// <param name="Terms">Those so far, the present one last.</param>
/// <param name="Clauses">What governs, each clause once.</param>
internal sealed record ContractView(
    string Id,
    long Version,
    ContractStatus Status,
    string AccountId,
    string? DealId,
    string? TemplateId,
    long? TemplateVersion,
    DateOnly TermStart,
    DateOnly TermEnd,
    Money Value,
    bool AutoRenew,
    int NoticeDays,
    DateOnly NoticeDeadline,
    int? RenewalTermMonths,
    EscalatorView? Escalator,
    string? Billing,
    string? CoTerminateWith,
    DateOnly? SignedOn,
    string? SignedBy,
    NoticeView? Notice,
    DateOnly? TerminatedOn,
    string? TerminationReason,
    string? SupersededBy,
    IReadOnlyList<TermView> Terms,
    IReadOnlyList<ClauseView> Clauses,
    Money Open,
    AsOfView? AsOf)
{
    public static ContractView Of(string id, long version, Contract contract, AsOfView? asOf)
    {
        var drafting = contract.Drafting!;
        var value = contract.Value!.Value;
        return new(
            id, version, contract.Status, drafting.AccountId.Value, drafting.DealId?.Value, drafting.TemplateId?.Value,
            drafting.TemplateVersion, contract.Term!.Start, contract.Term.End, value, contract.AutoRenew, contract.NoticeDays,
            contract.NoticeDeadline!.Value, drafting.RenewalMonths, EscalatorView.Of(drafting.Escalator), drafting.Billing,
            drafting.CoTerminatesWith?.Value, contract.Signature?.SignedOn, contract.Signature?.By, NoticeView.Of(contract.Notice),
            contract.Termination?.On, contract.Termination?.Reason, contract.SupersededBy?.Value,
            [.. contract.Terms.Select(term => new TermView(term.Term.Start, term.Term.End, term.Value, term.Source))],
            [.. LegalPosition.ClausesOf(contract).Select(clause => ClauseView.Of(clause.Clause))],
            value with { Amount = contract.Receivables.OpenAmount },
            asOf);
    }
}

internal sealed record TermView(DateOnly TermStart, DateOnly TermEnd, Money Value, TermSource Source);

internal sealed record ClauseView(string Key, string? Title, string Value, long? TemplateVersion)
{
    public static ClauseView Of(Clause clause) => new(clause.Key.Value, clause.Title, clause.Value, clause.TemplateVersion);
}

internal sealed record EscalatorView(EscalatorKind Kind, decimal? Percent, string? Index, decimal? Cap)
{
    public static EscalatorView? Of(Escalator? escalator) => escalator is null
        ? null
        : new(escalator.Kind, escalator.Percent, escalator.Index, escalator.Cap);
}

internal sealed record NoticeView(DateOnly GivenOn, NoticeParty By, NoticeKind Kind, string? Reason)
{
    public static NoticeView? Of(ContractEvent.NoticeGiven? notice) => notice is null
        ? null
        : new(notice.GivenOn, notice.By, notice.Kind, notice.Reason);
}
