namespace SalesOps.Domain.Leads;

/// <summary>What happened to a lead. When it was true, who said so and why stand in the headers of every event.</summary>
public abstract record LeadEvent
{
    private LeadEvent()
    {
    }

    /// <param name="OwnerId">Who works it from the first day; absent where nobody does yet.</param>
    public sealed record Captured(LeadProfile Profile, RepId? OwnerId = null) : LeadEvent;

    /// <param name="Score">0 to 100.</param>
    public sealed record Qualified(int Score, string Reason) : LeadEvent;

    public sealed record Disqualified(string Reason) : LeadEvent;

    /// <param name="RepId">Who works it from now on.</param>
    /// <param name="Reason">Why this rep, where somebody said so.</param>
    /// <param name="DecisionId">The record of what was known and recommended when it was decided.</param>
    public sealed record Routed(RepId RepId, string? Reason = null, DecisionId? DecisionId = null) : LeadEvent;

    /// <summary>Came to be a deal with an account; recorded together with their own events or not at all.</summary>
    public sealed record Converted(DealId DealId, AccountId AccountId) : LeadEvent;
}

/// <summary>Who made the first move.</summary>
public enum LeadDirection
{
    /// <summary>The customer came.</summary>
    Inbound,

    /// <summary>A rep went.</summary>
    Outbound,
}

/// <summary>What is known of a lead when it is captured.</summary>
/// <param name="Name">Of the person, or of whatever is known.</param>
/// <param name="Source">Where it came from, for example a trade fair.</param>
/// <param name="Country">As written by whoever knows it: a name or an ISO code.</param>
/// <param name="Employees">Of the company.</param>
/// <param name="Languages">That whoever works it should speak.</param>
public sealed record LeadProfile(
    string Name,
    LeadDirection Direction,
    string? Company = null,
    string? Source = null,
    string? Campaign = null,
    string? Email = null,
    string? Segment = null,
    string? Industry = null,
    string? Country = null,
    int? Employees = null,
    IReadOnlyList<string>? Languages = null)
{
    /// <summary>The profile as it is kept of somebody who is known; see <see cref="PersonalData.Keep"/>.</summary>
    internal LeadProfile KnownAs(LeadProfile? known) => this with
    {
        Name = PersonalData.Keep(Name, known?.Name),
        Email = PersonalData.KeepAny(Email, known?.Email),
    };

    public bool Equals(LeadProfile? other) => other is not null
        && (Name, Direction, Company, Source, Campaign, Email)
            == (other.Name, other.Direction, other.Company, other.Source, other.Campaign, other.Email)
        && (Segment, Industry, Country, Employees) == (other.Segment, other.Industry, other.Country, other.Employees)
        && (Languages ?? []).SequenceEqual(other.Languages ?? []);

    public override int GetHashCode() => HashCode.Combine(Name, Direction, Company, Source, Campaign);
}
