namespace SalesOps.Domain.Contracts;

/// <summary>Drafts a contract; clauses of its own go before those of the template.</summary>
/// <param name="AccountId">Absent for the deal's.</param>
/// <param name="Value">Absent for the deal's amount.</param>
public sealed record DraftContract(
    AccountId? AccountId,
    Term Term,
    Money? Value,
    bool AutoRenew,
    int NoticeDays,
    DealId? DealId = null,
    ContractTemplateId? TemplateId = null,
    int? RenewalMonths = null,
    Escalator? Escalator = null,
    string? Billing = null,
    ContractId? CoTerminatesWith = null,
    IReadOnlyList<Clause>? Clauses = null)
{
    private const int NoticeDaysMax = 3650;
    private const int RenewalMonthsMax = 1200;
    private const int ShortestDays = 28;

    /// <param name="template">As in force when the contract is drafted; null where it names none.</param>
    /// <param name="deal">As it is known; null where account and value are given.</param>
    public static Decision<ContractEvent> Decide(
        Contract state, DraftContract command, ContractTemplate? template, Deals.Deal? deal)
    {
        if (Check(command, template, deal) is { } refusal)
        {
            return refusal;
        }

        var own = command.Clauses ?? [];
        var drafting = new ContractEvent.Drafted(
            (command.AccountId ?? deal?.AccountId)!.Value,
            command.Term,
            (command.Value ?? deal?.Amount)!.Value,
            command.AutoRenew,
            command.NoticeDays,
            command.DealId,
            command.TemplateId,
            template?.Version,
            command.RenewalMonths,
            command.Escalator,
            command.Billing,
            command.CoTerminatesWith,
            [.. (template?.Clauses ?? []).Where(clause => own.All(mine => mine.Key != clause.Key)), .. own]);
        return state.Drafting == drafting ? Decision<ContractEvent>.Nothing : Decision<ContractEvent>.Accept(drafting);
    }

    private static Rejection? Check(DraftContract command, ContractTemplate? template, Deals.Deal? deal) => command switch
    {
        _ when template is { Name: null } => Rejection.Invalid(
            "contract-template-unknown", $"There is no template '{command.TemplateId}' at that time.", "/templateId"),
        _ when deal is { Status: not Deals.DealStatus.Won } =>
            Rejection.Conflict("deal-not-won", $"Deal '{command.DealId}' is not won, so it says neither account nor value."),
        { AccountId: null } when deal?.AccountId is null =>
            Rejection.Invalid("account-missing", "A contract is with an account.", "/accountId"),
        { Value: null } when deal?.Amount is null => Rejection.Invalid("value-missing", "A contract has a value.", "/value"),
        _ when MoneyRules.Check(command.Value, "value", "/value") is { } badValue => badValue,
        _ when ContractRules.Date(command.Term.Start, "/termStart") is { } badStart => badStart,
        _ when ContractRules.Date(command.Term.End, "/termEnd") is { } badEnd => badEnd,
        { Term: var term } when term.End < term.Start =>
            Rejection.Invalid("term-reversed", "The term ends before it starts.", "/termEnd"),
        { NoticeDays: < 0 or > NoticeDaysMax } =>
            Rejection.Invalid("notice-days-range", $"Notice is given 0 to {NoticeDaysMax} days before.", "/noticeDays"),
        { RenewalMonths: < 1 or > RenewalMonthsMax } => Rejection.Invalid(
            "renewal-months-range", $"A contract renews by 1 to {RenewalMonthsMax} months.", "/renewalTermMonths"),
        { AutoRenew: true, RenewalMonths: null, Term.Days: < ShortestDays } => Rejection.Invalid(
            "renewal-months-missing", "So short a term does not renew by itself unless it says for how long.", "/renewalTermMonths"),
        _ when Escalator.Check(command.Escalator) is { } badEscalator => badEscalator,
        _ => ContractRules.Clauses(command.Clauses),
    };
}
