using SalesOps.Domain.Leads;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a lead.</summary>
/// <param name="Score">0 to 100; absent until it is qualified.</param>
/// <param name="CreatedOn">The business date on which it was captured.</param>
/// <param name="QualifiedOn">That of its first qualification.</param>
public sealed record LeadFact(
    LeadStatus Status,
    string Name,
    string? Company,
    string? Source,
    string? Campaign,
    LeadDirection Direction,
    int? Score,
    RepId? OwnerId,
    DealId? DealId,
    DateOnly CreatedOn,
    DateOnly? QualifiedOn,
    DateOnly? ConvertedOn)
{
    /// <summary>Since when the owner works it.</summary>
    public DateTimeOffset? OwnerSince { get; init; }

    public string? Segment { get; init; }

    public string? Industry { get; init; }

    public string? Country { get; init; }

    public int? Employees { get; init; }

    /// <summary>What whoever works it must speak.</summary>
    public ValueList<string> Languages { get; init; }

    /// <summary>Nothing is kept of a lead before it is captured.</summary>
    public static LeadFact? Of(Lead lead) => lead.Profile is not { } profile
        ? null
        : new(
            lead.Status,
            profile.Name,
            profile.Company,
            profile.Source,
            profile.Campaign,
            profile.Direction,
            lead.Score,
            lead.OwnerId,
            lead.Conversion?.DealId,
            BusinessCalendar.Utc.DateOf(lead.CapturedAt),
            DateOf(lead.QualifiedAt),
            DateOf(lead.ConvertedAt))
        {
            OwnerSince = lead.OwnerSince,
            Segment = profile.Segment,
            Industry = profile.Industry,
            Country = profile.Country,
            Employees = profile.Employees,
            Languages = [.. profile.Languages ?? []],
        };

    private static DateOnly? DateOf(DateTimeOffset? at) => at is { } instant ? BusinessCalendar.Utc.DateOf(instant) : null;
}
