namespace SalesOps.Domain.Accounts;

/// <summary>Sets what has changed of an account.</summary>
public sealed record ChangeProfile(AccountChange Change)
{
    public static Decision<AccountEvent> Decide(Account state, ChangeProfile command) => state.Profile switch
    {
        _ when command.Change.Check() is { } fault => fault,
        { } profile when profile.With(command.Change) == profile => Decision<AccountEvent>.Nothing,
        _ => Decision<AccountEvent>.Accept(new AccountEvent.ProfileChanged(command.Change)),
    };
}
