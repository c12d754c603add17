namespace SalesOps.Domain.Contracts;

/// <summary>Records a signed renewal: a term that follows, by a price of its own or by what the contract says.</summary>
/// <param name="Start">The first day of the new term; absent for the day after the present one.</param>
/// <param name="End">Its last day; absent for as long as the contract renews.</param>
/// <param name="Months">How long it is, where no end is given.</param>
/// <param name="Uplift">By how many percent the price rises.</param>
public sealed record RenewContract(
    DateOnly? Start,
    DateOnly? End,
    int? Months = null,
    Money? Value = null,
    decimal? Uplift = null,
    DateOnly? SignedOn = null,
    ContractId? CoTerminatesWith = null,
    IReadOnlyList<Clause>? Clauses = null)
{
    /// <summary>A repeat that names the end is told from another renewal; without one only its key protects it.</summary>
    public static Decision<ContractEvent> Decide(Contract state, RenewContract command)
    {
        if (Check(state, command) is { } refusal)
        {
            return refusal;
        }

        if (state.Term is not { } before)
        {
            return Rejection.Conflict("contract-not-drafted-yet", "The contract was not drafted yet at that time.");
        }

        if (command.End == before.End && state.Terms[^1].Source == TermSource.Paper)
        {
            return Decision<ContractEvent>.Nothing;
        }

        var usual = before.From(command.Start ?? before.End.AddDays(1), command.Months ?? state.Drafting?.RenewalMonths);
        var term = usual with { End = command.End ?? usual.End };
        return term.End < term.Start
            ? Rejection.Invalid("term-reversed", "The term ends before it starts.", "/termEnd")
            : Decision<ContractEvent>.Accept(new ContractEvent.Renewed(
                term, TermSource.Paper, command.Value, command.Uplift, command.SignedOn, command.CoTerminatesWith,
                command.Clauses is [_, ..] ? command.Clauses : null));
    }

    private static Rejection? Check(Contract state, RenewContract command) => command switch
    {
        _ when ContractRules.Date(command.Start, "/effectiveAt") is { } badStart => badStart,
        _ when ContractRules.Date(command.End, "/termEnd") is { } badEnd => badEnd,
        _ when ContractRules.Date(command.SignedOn, "/signedOn") is { } badSigning => badSigning,
        { Months: < 1 or > 1200 } =>
            Rejection.Invalid("renewal-months-range", "A contract renews by 1 to 1200 months.", "/renewalTermMonths"),
        { Value: not null, Uplift: not null } =>
            Rejection.Invalid("value-twice", "A renewal says its value or by how much it rises, not both.", "/uplift"),
        { Uplift: < -100 or > 1000 } => Rejection.Invalid("uplift-range", "An uplift is between -100 and 1000 percent.", "/uplift"),
        _ when MoneyRules.Check(command.Value, "value", "/value") is { } badValue => badValue,
        { Value: { } value } when state.Value is { } before && before.Currency != value.Currency =>
            Rejection.Invalid("currency-differs", $"The contract is in {before.Currency}.", "/value/currency"),
        _ => ContractRules.Clauses(command.Clauses),
    };
}
