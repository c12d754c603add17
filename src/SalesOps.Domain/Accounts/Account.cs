namespace SalesOps.Domain.Accounts;

/// <summary>What happened to an account.</summary>
public abstract record AccountEvent
{
    private AccountEvent()
    {
    }

    public sealed record Registered(AccountProfile Profile) : AccountEvent;
}

/// <summary>What is known of a customer or prospect.</summary>
/// <param name="Country">As written by whoever knows it: a name or an ISO code.</param>
/// <param name="Revenue">In a year.</param>
/// <param name="BuyingProcess">How it buys, for example by tender or by committee.</param>
/// <param name="ParentId">The company it belongs to.</param>
public sealed record AccountProfile(
    string Name,
    string? Segment = null,
    string? Industry = null,
    string? Country = null,
    int? Employees = null,
    Money? Revenue = null,
    string? BuyingProcess = null,
    int? FoundedIn = null,
    AccountId? ParentId = null);

/// <summary>The state of an account at one instant.</summary>
public sealed record Account(AccountProfile? Profile)
{
    public static Decider<Account, AccountEvent> Decider { get; } = new(
        new Account((AccountProfile?)null),
        (state, fact) => fact.Event switch
        {
            AccountEvent.Registered e => state with { Profile = e.Profile },
            _ => state,
        },
        (state, @event) => @event is AccountEvent.Registered && state.Profile is not null
            ? Rejection.Conflict("account-exists", "The account was registered before.")
            : null);
}
