using SalesOps.Api.Http;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary>A rep as clients see it.</summary>
internal sealed record RepView(
    string Id,
    long? Version,
    string Name,
    DateOnly? HiredOn,
    string? ManagerId,
    string? Team,
    string? Office,
    IReadOnlyList<string>? Skills,
    IReadOnlyList<string>? Languages,
    int? Capacity,
    IReadOnlyList<string>? Roles,
    AsOfView? AsOf)
{
    public static RepView Of(string id, long version, RepProfile profile, AsOfView asOf) => new(
        id, version, profile.Name, profile.HiredOn, profile.ManagerId?.Value, profile.Team, profile.Office, profile.Skills,
        profile.Languages, profile.Capacity, profile.Roles, asOf);
}
