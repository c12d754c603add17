namespace SalesOps.Store;

/// <summary>The event that a projection can't take.</summary>
public sealed record ProjectionFailure(long Position, string Type, string Message);

/// <summary>How a projection stands, for health.</summary>
/// <param name="Position">The last position known here to be in its tables.</param>
/// <param name="AdvancedAt">When that position was last seen to rise.</param>
/// <param name="Failure">Set once it has stopped; it stays until a new program starts it again.</param>
/// <param name="SupersededBy">The newer version that has taken the tables; set once it has stopped for that.</param>
public sealed record ProjectionStatus(
    string Name, long Position, bool IsLeader, DateTimeOffset? AdvancedAt, ProjectionFailure? Failure,
    int? SupersededBy = null);

/// <summary>A projection met an event that it can't take; it has written everything before that event's append.</summary>
public sealed class ProjectionFailedException(string name, ProjectionFailure failure, Exception cause)
    : Exception($"The projection {name} fails at position {failure.Position} ({failure.Type}): {failure.Message}", cause)
{
    public ProjectionFailure Failure { get; } = failure;
}

/// <summary>A newer version of a projection has taken its tables; this one has nothing to write to any more.</summary>
public sealed class ProjectionSupersededException(string name, int version)
    : Exception($"The tables of the projection {name} belong to its version {version} now.")
{
    public int Version { get; } = version;
}
