namespace SalesOps.Domain.Accounts;

/// <summary>Makes an account known.</summary>
public sealed record RegisterAccount(AccountProfile Profile)
{
    public static Decision<AccountEvent> Decide(Account state, RegisterAccount command) => command.Profile switch
    {
        var profile when profile.Check() is { } fault => fault,
        var profile when profile == state.Registration => Decision<AccountEvent>.Nothing,
        var profile => Decision<AccountEvent>.Accept(new AccountEvent.Registered(profile)),
    };
}
