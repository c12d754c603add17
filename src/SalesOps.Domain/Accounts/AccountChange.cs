namespace SalesOps.Domain.Accounts;

/// <summary>What of an account's profile is set anew; what is absent stays. An empty list asks for nothing any more.</summary>
public sealed record AccountChange(
    string? Name = null,
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
    public bool Equals(AccountChange? other) => other is not null
        && (Name, Languages is null, Skills is null) == (other.Name, other.Languages is null, other.Skills is null)
        && Applied() == other.Applied();

    public override int GetHashCode() => Applied().GetHashCode();

    internal Rejection? Check() => Applied().Check();

    /// <summary>The change of a profile that has nothing but a name.</summary>
    private AccountProfile Applied() => new AccountProfile("-").With(this);
}
