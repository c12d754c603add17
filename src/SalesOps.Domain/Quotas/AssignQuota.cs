namespace SalesOps.Domain.Quotas;

/// <summary>Gives a rep, a territory or a team a quota.</summary>
public sealed record AssignQuota(QuotaTerms Terms)
{
    public static Decision<QuotaEvent> Decide(Quota state, AssignQuota command) =>
        QuotaRules.Terms(command.Terms) is { } refusal ? refusal
        : command.Terms == state.Assignment ? Decision<QuotaEvent>.Nothing
        : Decision<QuotaEvent>.Accept(new QuotaEvent.Assigned(command.Terms));
}

/// <summary>Asks for more or less, for the whole period.</summary>
public sealed record ChangeQuotaAmount(QuotaAmount Amount)
{
    public static Decision<QuotaEvent> Decide(Quota state, ChangeQuotaAmount command) => state.Terms switch
    {
        { } terms when QuotaRules.Amount(command.Amount, terms.Measure, "/amount") is { } refusal => refusal,
        { } terms when terms.Amount.Currency != command.Amount.Currency => QuotaRules.OtherCurrency,
        { } terms when terms.Amount == command.Amount => Decision<QuotaEvent>.Nothing,
        _ => Decision<QuotaEvent>.Accept(new QuotaEvent.AmountChanged(command.Amount)),
    };
}

/// <summary>Sets another ramp, or none.</summary>
public sealed record ChangeQuotaRamp(IReadOnlyList<RampStep> Steps, DateOnly? From)
{
    public static Decision<QuotaEvent> Decide(Quota state, ChangeQuotaRamp command) => state.Terms switch
    {
        _ when QuotaRules.Ramp(command.Steps) is { } refusal => refusal,
        { } terms when terms.RampFrom == command.From && (terms.Ramp ?? []).SequenceEqual(command.Steps) =>
            Decision<QuotaEvent>.Nothing,
        _ => Decision<QuotaEvent>.Accept(new QuotaEvent.RampChanged(command.Steps, command.From)),
    };
}

/// <summary>Takes something off a quota, as for leave or an account that was taken away.</summary>
public sealed record RelieveQuota(QuotaAmount Amount, string Reason)
{
    public static Decision<QuotaEvent> Decide(Quota state, RelieveQuota command) => state.Terms switch
    {
        { } terms when QuotaRules.Amount(command.Amount, terms.Measure, "/amount") is { } refusal => refusal,
        { } terms when terms.Amount.Currency != command.Amount.Currency => QuotaRules.OtherCurrency,
        _ when command.Amount.Value == 0 => Rejection.Invalid("relief-zero", "Relief is above 0.", "/amount"),
        _ => Decision<QuotaEvent>.Accept(new QuotaEvent.Relieved(command.Amount, command.Reason)),
    };
}
