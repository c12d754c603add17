using SalesOps.Api.Http;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Leads;

/// <summary>A lead as clients see it, at one instant of both times.</summary>
internal sealed record LeadView(
    string Id,
    long Version,
    string Name,
    LeadStatus Status,
    LeadDirection Direction,
    string? Company,
    string? Source,
    string? Campaign,
    string? Email,
    string? Segment,
    string? Industry,
    string? Country,
    int? Employees,
    IReadOnlyList<string>? Languages,
    int? Score,
    string? Reason,
    string? OwnerId,
    string? DealId,
    string? AccountId,
    DateTimeOffset CapturedAt,
    DateTimeOffset? QualifiedAt,
    DateTimeOffset? ConvertedAt,
    AsOfView? AsOf)
{
    public static LeadView Of(string id, long version, Lead lead, LeadProfile profile, AsOfView? asOf) => new(
        id, version, profile.Name, lead.Status, profile.Direction, profile.Company, profile.Source, profile.Campaign,
        profile.Email, profile.Segment, profile.Industry, profile.Country, profile.Employees, profile.Languages, lead.Score,
        lead.Reason, lead.OwnerId?.Value, lead.Conversion?.DealId.Value, lead.Conversion?.AccountId.Value, lead.CapturedAt,
        lead.QualifiedAt, lead.ConvertedAt, asOf);
}
