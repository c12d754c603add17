namespace SalesOps.Domain.Accounts;

/// <summary>The state of an account at one instant.</summary>
/// <param name="Registration">How it was registered; a repeated creation is told from another one by it.</param>
/// <param name="Profile">What holds at the instant.</param>
public sealed record Account(AccountProfile? Registration, AccountProfile? Profile)
{
    public static Decider<Account, AccountEvent> Decider { get; } = new(
        new Account(null, null),
        (state, fact) => fact.Event switch
        {
            AccountEvent.Registered e => new Account(e.Profile, e.Profile),
            AccountEvent.ProfileChanged e => state with { Profile = state.Profile?.With(e.Change) },
            _ => state,
        },
        (state, @event) => (@event, state.Profile) switch
        {
            (AccountEvent.Registered, null) => null,
            (AccountEvent.Registered, _) => Rejection.Conflict("account-exists", "The account was registered before."),
            (_, null) => Rejection.Conflict("account-not-registered-yet", "The account was not registered yet at that time."),
            _ => null,
        });
}
