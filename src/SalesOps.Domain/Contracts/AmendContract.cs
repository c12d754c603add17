namespace SalesOps.Domain.Contracts;

/// <summary>Records a signed amendment; what it does not touch stays as it is.</summary>
/// <param name="EffectiveOn">The date from which on it counts, whenever it is recorded.</param>
public sealed record AmendContract(
    DateOnly EffectiveOn,
    IReadOnlyList<Clause> Clauses,
    Money? Value = null,
    DateOnly? TermEnd = null,
    bool? AutoRenew = null,
    int? NoticeDays = null,
    DateOnly? SignedOn = null)
{
    public static Decision<ContractEvent> Decide(Contract state, AmendContract command)
    {
        var amendment = new ContractEvent.Amended(
            command.Clauses, command.Value, command.TermEnd, command.AutoRenew, command.NoticeDays, command.SignedOn);
        return command switch
        {
            { Clauses: [], Value: null, TermEnd: null, AutoRenew: null, NoticeDays: null } =>
                Rejection.Invalid("amendment-empty", "An amendment changes something.", "/clauses"),
            _ when ContractRules.Clauses(command.Clauses) is { } badClause => badClause,
            _ when MoneyRules.Check(command.Value, "value", "/value") is { } badValue => badValue,
            { Value: { } value } when state.Value is { } before && before.Currency != value.Currency =>
                Rejection.Invalid("currency-differs", $"The contract is in {before.Currency}.", "/value/currency"),
            _ when ContractRules.Date(command.TermEnd, "/termEnd") is { } badEnd => badEnd,
            _ when ContractRules.Date(command.SignedOn, "/signedOn") is { } badSigning => badSigning,
            { TermEnd: { } end } when end < command.EffectiveOn || end < state.Term?.Start => Rejection.Invalid(
                "term-end-passed", "The term ends neither before the amendment counts nor before it starts.", "/termEnd"),
            { NoticeDays: < 0 or > 3650 } =>
                Rejection.Invalid("notice-days-range", "Notice is given 0 to 3650 days before.", "/noticeDays"),
            _ when IsLast(state, command) => Decision<ContractEvent>.Nothing,
            _ => Decision<ContractEvent>.Accept(amendment),
        };
    }

    /// <summary>The same paper again: the last one says just that.</summary>
    private static bool IsLast(Contract state, AmendContract command) =>
        state.Documents is [.., { Kind: DocumentKind.Amendment } last]
        && last.SignedOn == command.SignedOn
        && last.Clauses.SequenceEqual(command.Clauses)
        && (command.Value ?? state.Value) == state.Value
        && (command.TermEnd ?? state.Term?.End) == state.Term?.End
        && (command.AutoRenew ?? state.AutoRenew) == state.AutoRenew
        && (command.NoticeDays ?? state.NoticeDays) == state.NoticeDays;
}
