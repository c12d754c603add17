namespace SalesOps.Store;

/// <summary>What every event has beside its data: when it was true, who said so and why. Stored in <c>headers</c>.</summary>
public sealed record EventHeaders
{
    /// <summary>When the fact was true (valid time), in UTC with microsecond resolution.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>Who recorded the fact.</summary>
    public required string Actor { get; init; }

    /// <summary>Why it was recorded, where somebody said so.</summary>
    public string? Reason { get; init; }

    /// <summary>The idempotency key of the request that recorded it.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The events of the same stream that this one takes back from its recorded time on.</summary>
    public IReadOnlyList<Guid> Voids { get; init; } = [];

    /// <summary>For an imported fact: when the source system recorded it.</summary>
    public DateTimeOffset? SourceRecordedAt { get; init; }

    /// <summary>The person whose key what is sealed in the data is under.</summary>
    public string? Subject { get; init; }
}
