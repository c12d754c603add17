using SalesOps.Domain.Reps;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a rep: the name and the place in the organisation.</summary>
public sealed record RepFact(string Name, RepId? ManagerId, string? Team, string? Office)
{
    /// <summary>Nothing is kept of a rep before the registration.</summary>
    public static RepFact? Of(Rep rep) => rep.Profile is { } profile
        ? new(profile.Name, profile.ManagerId, profile.Team, profile.Office)
        : null;
}
