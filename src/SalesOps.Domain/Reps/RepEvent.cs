namespace SalesOps.Domain.Reps;

/// <summary>What happened to a rep.</summary>
public abstract record RepEvent
{
    private RepEvent()
    {
    }

    public sealed record Registered(RepProfile Profile) : RepEvent;

    /// <param name="ManagerId">The new manager; absent for nobody.</param>
    public sealed record ManagerChanged(RepId? ManagerId = null) : RepEvent;

    /// <param name="Team">The new team; absent for none.</param>
    /// <param name="Office">The new office; absent where it stays.</param>
    public sealed record TeamChanged(string? Team = null, string? Office = null) : RepEvent;

    /// <param name="Skills">All that the rep has from then on; absent where they stay.</param>
    /// <param name="Languages">All that the rep speaks from then on; absent where they stay.</param>
    public sealed record SkillsChanged(IReadOnlyList<string>? Skills = null, IReadOnlyList<string>? Languages = null) : RepEvent
    {
        public bool Equals(SkillsChanged? other) => other is not null
            && (Skills is null, Languages is null) == (other.Skills is null, other.Languages is null)
            && (Skills ?? []).SequenceEqual(other.Skills ?? [])
            && (Languages ?? []).SequenceEqual(other.Languages ?? []);

        public override int GetHashCode() => HashCode.Combine(Skills?.Count, Languages?.Count);
    }

    /// <param name="Capacity">How many open accounts the rep can serve; absent where that is not known any more.</param>
    public sealed record CapacityChanged(int? Capacity = null) : RepEvent;

    /// <param name="Roles">All that the rep has from then on.</param>
    public sealed record RolesChanged(IReadOnlyList<string> Roles) : RepEvent
    {
        public bool Equals(RolesChanged? other) => other is not null && Roles.SequenceEqual(other.Roles);

        public override int GetHashCode() => Roles.Count;
    }

    /// <param name="From">The first day away.</param>
    /// <param name="To">The first day back, as planned; absent where nobody knows.</param>
    /// <param name="CoverRepId">Who stands in.</param>
    public sealed record LeaveStarted(DateOnly From, DateOnly? To = null, string? Reason = null, RepId? CoverRepId = null)
        : RepEvent;

    /// <param name="On">The first day back.</param>
    public sealed record LeaveEnded(DateOnly On) : RepEvent;

    /// <param name="On">The first day without the rep.</param>
    public sealed record Departed(DateOnly On, string? Reason = null) : RepEvent;

    public sealed record OnboardingStarted(string Programme, DateOnly On) : RepEvent;

    public sealed record OnboardingCompleted(string Programme, DateOnly On) : RepEvent;

    /// <param name="Score">0 to 100, where one was given.</param>
    public sealed record TrainingCompleted(string Training, DateOnly On, decimal? Score = null) : RepEvent;
}
