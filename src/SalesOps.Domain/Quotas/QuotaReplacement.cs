namespace SalesOps.Domain.Quotas;

/// <summary>What may stand in the place of a quota's fact that is taken back.</summary>
public static class QuotaReplacement
{
    /// <summary>Decides the fact anew by the state at its time, without the one it replaces.</summary>
    public static Decision<QuotaEvent> Decide(Quota state, QuotaEvent replacement) => replacement switch
    {
        QuotaEvent.Assigned e => AssignQuota.Decide(state, new(e.Terms)).In("/terms"),
        QuotaEvent.AmountChanged e => ChangeQuotaAmount.Decide(state, new(e.Amount)),
        QuotaEvent.RampChanged e => ChangeQuotaRamp.Decide(state, new(e.Steps, e.From)),
        QuotaEvent.Relieved e => RelieveQuota.Decide(state, new(e.Amount, e.Reason)),
        _ => Decision<QuotaEvent>.Nothing,
    };
}
