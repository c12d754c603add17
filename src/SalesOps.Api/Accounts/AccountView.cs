using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;

namespace SalesOps.Api.Accounts;

/// <summary>An account as clients see it.</summary>
internal sealed record AccountView(
    string Id,
    long? Version,
    string Name,
    string? Segment,
    string? Industry,
    string? Country,
    int? Employees,
    Money? Revenue,
    string? BuyingProcess,
    int? FoundedIn,
    string? ParentId,
    string? Region,
    IReadOnlyList<string>? Languages,
    IReadOnlyList<string>? Skills,
    AsOfView? AsOf)
{
    public static AccountView Of(string id, long version, AccountProfile profile, AsOfView asOf) => new(
        id, version, profile.Name, profile.Segment, profile.Industry, profile.Country, profile.Employees, profile.Revenue,
        profile.BuyingProcess, profile.FoundedIn, profile.ParentId?.Value, profile.Region,
        profile.Languages, profile.Skills, asOf);
}
