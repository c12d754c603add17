namespace SalesOps.Domain.Reps;

/// <summary>What is known of a rep on the first day. Managers are reps too.</summary>
/// <param name="Capacity">How many open accounts the rep can serve.</param>
public sealed record RepProfile(
    string Name,
    DateOnly? HiredOn = null,
    RepId? ManagerId = null,
    string? Team = null,
    string? Office = null,
    IReadOnlyList<string>? Skills = null,
    IReadOnlyList<string>? Languages = null,
    int? Capacity = null,
    IReadOnlyList<string>? Roles = null)
{
    public bool Equals(RepProfile? other) => other is not null
        && (Name, HiredOn, ManagerId, Team, Office, Capacity)
            == (other.Name, other.HiredOn, other.ManagerId, other.Team, other.Office, other.Capacity)
        && (Skills ?? []).SequenceEqual(other.Skills ?? [])
        && (Languages ?? []).SequenceEqual(other.Languages ?? [])
        && (Roles ?? []).SequenceEqual(other.Roles ?? []);

    public override int GetHashCode() => HashCode.Combine(Name, HiredOn, ManagerId, Team, Office);

    /// <summary>The profile as it is kept of somebody who is known; see <see cref="PersonalData.Keep"/>.</summary>
    internal RepProfile KnownAs(RepProfile? known) => this with { Name = PersonalData.Keep(Name, known?.Name) };

    internal Rejection? Check() =>
        InputRules.Text(Name, "/name")
        ?? InputRules.Date(HiredOn, "/hiredOn")
        ?? InputRules.Text(Team, "/team")
        ?? InputRules.Text(Office, "/office")
        ?? InputRules.Words(Skills, "/skills")
        ?? InputRules.Words(Languages, "/languages")
        ?? ChangeCapacity.Check(Capacity)
        ?? InputRules.Words(Roles, "/roles");
}
