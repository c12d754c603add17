namespace SalesOps.Store;

/// <summary>A point on the line of the log: a position and the recorded time of the event there.</summary>
/// <param name="Position">0 for the empty log.</param>
/// <param name="RecordedAt">Absent for the empty log.</param>
public sealed record LogHead(long Position, DateTimeOffset? RecordedAt);
