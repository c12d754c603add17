namespace SalesOps.Domain.Accounts;

/// <summary>What happened to an account.</summary>
public abstract record AccountEvent
{
    private AccountEvent()
    {
    }

    public sealed record Registered(AccountProfile Profile) : AccountEvent;

    /// <param name="Change">What is different from then on.</param>
    public sealed record ProfileChanged(AccountChange Change) : AccountEvent;
}
