using SalesOps.Domain.Reps;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a rep: the name, the place in the organisation and what assignments ask about.</summary>
/// <param name="Capacity">How many open accounts the rep can serve; null where nobody knows.</param>
/// <param name="CoverRepId">Who stands in while the rep is on leave.</param>
public sealed record RepFact(
    string Name,
    RepId? ManagerId,
    string? Team,
    string? Office,
    DateOnly? HiredOn,
    ValueList<string> Skills,
    ValueList<string> Languages,
    int? Capacity,
    ValueList<string> Roles,
    RepPresence Presence,
    RepId? CoverRepId)
{
    /// <summary>Nothing is kept of a rep before the registration.</summary>
    public static RepFact? Of(Rep rep) => rep.Profile is { } profile
        ? new(
            profile.Name,
            profile.ManagerId,
            profile.Team,
            profile.Office,
            profile.HiredOn,
            [.. profile.Skills ?? []],
            [.. profile.Languages ?? []],
            profile.Capacity,
            [.. profile.Roles ?? []],
            rep.Presence,
            rep.Leave?.CoverRepId)
        : null;
}
