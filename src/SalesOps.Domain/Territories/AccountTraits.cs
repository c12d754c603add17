namespace SalesOps.Domain.Territories;

/// <summary>What rules of territories ask about an account, at one instant.</summary>
/// <param name="Employees">Heads.</param>
/// <param name="Revenue">In a year.</param>
public readonly record struct AccountTraits(
    AccountId Id, string? Country, string? Region, string? Industry, string? Segment, int? Employees, Money? Revenue,
    string? BuyingProcess = null);
