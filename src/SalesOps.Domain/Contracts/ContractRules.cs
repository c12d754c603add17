namespace SalesOps.Domain.Contracts;

/// <summary>What several commands on contracts and templates ask of their members.</summary>
internal static class ContractRules
{
    private const int ClausesMax = 200;
    private const int ClauseLengthMax = 20_000;

    /// <summary>No key is there twice, and none is without a value.</summary>
    public static Rejection? Clauses(IReadOnlyList<(ClauseKey Key, string Value)> clauses)
    {
        if (clauses.Count > ClausesMax)
        {
            return Rejection.Invalid("clauses-too-many", $"A paper has at most {ClausesMax} clauses.", "/clauses");
        }

        var keys = new HashSet<ClauseKey>();
        for (var index = 0; index < clauses.Count; index++)
        {
            if (!keys.Add(clauses[index].Key))
            {
                return Rejection.Invalid("clause-twice", $"Clause '{clauses[index].Key}' is there twice.", $"/clauses/{index}/key");
            }

            if (clauses[index].Value.Length is 0 or > ClauseLengthMax)
            {
                return Rejection.Invalid(
                    "clause-length", $"A clause has 1 to {ClauseLengthMax} characters.", $"/clauses/{index}/value");
            }
        }

        return null;
    }

    public static Rejection? Clauses(IReadOnlyList<Clause>? clauses) =>
        Clauses([.. (clauses ?? []).Select(clause => (clause.Key, clause.Value))]);

    /// <summary>A date, if there is one, is of a time in which contracts are made; terms after it can be reckoned.</summary>
    public static Rejection? Date(DateOnly? date, string pointer) => date?.Year is < 1900 or > 2999
        ? Rejection.Invalid("date-range", "The year lies between 1900 and 2999.", pointer)
        : null;

    /// <summary>An amount of money that something is about: above 0 and in the contract's currency.</summary>
    public static Rejection? Amount(Contract state, Money amount) => amount switch
    {
        _ when MoneyRules.Check(amount, "amount", "/amount") is { } bad => bad,
        { Amount: 0 } => Rejection.Invalid("amount-zero", "The amount is above 0.", "/amount"),
        _ when state.Value is { } value && value.Currency != amount.Currency =>
            Rejection.Invalid("currency-differs", $"The contract is in {value.Currency}.", "/amount/currency"),
        _ => null,
    };
}
