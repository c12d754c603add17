namespace SalesOps.Store;

/// <summary>Events for one stream.</summary>
/// <param name="Stream">The stream's id with its category.</param>
/// <param name="Expected">The version that the decision was made on; 0 for a stream that must be new, null for any.</param>
/// <param name="Events">In order; at least one.</param>
public sealed record StreamWrite(string Stream, long? Expected, IReadOnlyList<NewEvent> Events);

/// <summary>A stream that is not written but must not have moved since the decision was made.</summary>
public sealed record Guard(string Stream, long Version);

/// <summary>Claims an idempotency key in the events' own transaction.</summary>
/// <param name="Key">The client's key, unique within the tenant.</param>
/// <param name="RequestHash">Tells a repeat from another request under the same key.</param>
/// <param name="Answer">Writes the answer to keep, from what was appended; must be pure and quick.</param>
public sealed record IdempotencyClaim(string Key, string RequestHash, Func<AppendOutcome.Appended, string> Answer);

/// <summary>
/// One decision's writes: everything in it is recorded or nothing. Without writes it only claims its key.
/// </summary>
public sealed record Append(string Tenant, IReadOnlyList<StreamWrite> Writes)
{
    public IReadOnlyList<Guard> Guards { get; init; } = [];

    public IdempotencyClaim? Claim { get; init; }

    /// <summary>Forgets a person with it; the append has the one event that says so.</summary>
    public Erasure? Erasure { get; init; }

    public string? CorrelationId { get; init; }

    public string? CausationId { get; init; }
}
