using SalesOps.Domain.Accounts;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of an account: what rules of territories and assignments ask about.</summary>
public sealed record AccountFact(
    string Name,
    string? Segment,
    string? Industry,
    string? Country,
    string? Region,
    int? Employees,
    Money? Revenue,
    string? BuyingProcess,
    AccountId? ParentId,
    ValueList<string> Languages,
    ValueList<string> Skills)
{
    /// <summary>Nothing is kept of an account before it is registered.</summary>
    public static AccountFact? Of(Account account) => account.Profile is { } profile
        ? new(
            profile.Name,
            profile.Segment,
            profile.Industry,
            profile.Country,
            profile.Region,
            profile.Employees,
            profile.Revenue,
            profile.BuyingProcess,
            profile.ParentId,
            [.. profile.Languages ?? []],
            [.. profile.Skills ?? []])
        : null;
}
