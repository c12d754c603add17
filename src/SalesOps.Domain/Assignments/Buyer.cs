namespace SalesOps.Domain.Assignments;

/// <summary>What somebody is sought for.</summary>
public enum BuyerKind
{
    Account,
    Lead,
}

/// <summary>What a decision knows of the account, or the lead, that somebody is sought for.</summary>
/// <param name="Id">The account's or the lead's.</param>
/// <param name="Territories">
/// The territory it lies in and those above; whoever works in one of them may serve it. Absent where there is none.
/// </param>
/// <param name="Languages">All that a rep must speak.</param>
/// <param name="Skills">All that a rep must have.</param>
/// <param name="Kind">Which of the two it is; absent for an account.</param>
public sealed record Buyer(
    string Id,
    ValueList<string>? Territories = null,
    ValueList<string>? Languages = null,
    ValueList<string>? Skills = null,
    string? Segment = null,
    string? Industry = null,
    string? BuyingProcess = null,
    BuyerKind? Kind = null)
{
    /// <summary>Whether it is the one of that kind and id.</summary>
    public bool Is(BuyerKind kind, string id) => (Kind ?? BuyerKind.Account) == kind && Id == id;
}
