namespace SalesOps.Domain.Accounts;

/// <summary>What may stand in the place of an account's fact that is taken back.</summary>
public static class AccountReplacement
{
    /// <summary>Decides the fact anew by the state at its time, without the one it replaces.</summary>
    public static Decision<AccountEvent> Decide(Account state, AccountEvent replacement) => replacement switch
    {
        AccountEvent.Registered e => RegisterAccount.Decide(state, new(e.Profile)).In("/profile"),
        AccountEvent.ProfileChanged e => ChangeProfile.Decide(state, new(e.Change)).In("/change"),
        _ => Decision<AccountEvent>.Nothing,
    };
}
