using SalesOps.Domain.Accounts;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of an account.</summary>
public sealed record AccountFact(string Name, string? Segment, string? Industry, string? Country)
{
    /// <summary>Nothing is kept of an account before it is registered.</summary>
    public static AccountFact? Of(Account account) => account.Profile is { } profile
        ? new(profile.Name, profile.Segment, profile.Industry, profile.Country)
        : null;
}
