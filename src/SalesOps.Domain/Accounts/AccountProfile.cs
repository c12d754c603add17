namespace SalesOps.Domain.Accounts;

/// <summary>What is known of a customer or prospect.</summary>
/// <param name="Country">As written by whoever knows it: a name or an ISO code.</param>
/// <param name="Revenue">In a year.</param>
/// <param name="BuyingProcess">How it buys, for example by tender or by committee.</param>
/// <param name="ParentId">The company it belongs to.</param>
/// <param name="Region">A part of the world or of the country, as the sales organisation cuts it.</param>
/// <param name="Languages">What a rep must speak to serve it.</param>
/// <param name="Skills">What a rep must be able to do to serve it.</param>
public sealed record AccountProfile(
    string Name,
    string? Segment = null,
    string? Industry = null,
    string? Country = null,
    int? Employees = null,
    Money? Revenue = null,
    string? BuyingProcess = null,
    int? FoundedIn = null,
    AccountId? ParentId = null,
    string? Region = null,
    IReadOnlyList<string>? Languages = null,
    IReadOnlyList<string>? Skills = null)
{
    public bool Equals(AccountProfile? other) => other is not null
        && (Name, Segment, Industry, Country, Employees, Revenue, BuyingProcess)
            == (other.Name, other.Segment, other.Industry, other.Country, other.Employees, other.Revenue, other.BuyingProcess)
        && (FoundedIn, ParentId, Region) == (other.FoundedIn, other.ParentId, other.Region)
        && (Languages ?? []).SequenceEqual(other.Languages ?? [])
        && (Skills ?? []).SequenceEqual(other.Skills ?? []);

    public override int GetHashCode() => HashCode.Combine(Name, Segment, Industry, Country, Region);

    internal Rejection? Check() =>
        InputRules.Text(Name, "/name")
        ?? InputRules.Text(Segment, "/segment")
        ?? InputRules.Text(Industry, "/industry")
        ?? InputRules.Text(Country, "/country")
        ?? (Employees < 0 ? Rejection.Invalid("employees-negative", "A head count is not negative.", "/employees") : null)
        ?? MoneyRules.Check(Revenue, "revenue", "/revenue")
        ?? InputRules.Text(BuyingProcess, "/buyingProcess")
        ?? InputRules.Text(Region, "/region")
        ?? InputRules.Words(Languages, "/languages")
        ?? InputRules.Words(Skills, "/skills");

    /// <summary>The profile with what a change sets.</summary>
    internal AccountProfile With(AccountChange change) => new(
        change.Name ?? Name,
        change.Segment ?? Segment,
        change.Industry ?? Industry,
        change.Country ?? Country,
        change.Employees ?? Employees,
        change.Revenue ?? Revenue,
        change.BuyingProcess ?? BuyingProcess,
        change.FoundedIn ?? FoundedIn,
        change.ParentId ?? ParentId,
        change.Region ?? Region,
        change.Languages ?? Languages,
        change.Skills ?? Skills);
}
