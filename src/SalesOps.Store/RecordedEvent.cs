namespace SalesOps.Store;

/// <summary>An event as it stands in the log.</summary>
public sealed record RecordedEvent
{
    /// <summary>The type of the event that erases a person; the one type that the store knows.</summary>
    public const string SubjectErased = "subject_erased";

    /// <summary>Its place in the log (<c>seq_id</c>): dense, rising in commit order, across all tenants.</summary>
    public required long Position { get; init; }

    public required Guid Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The stream's id with its category, for example <c>deal/1C1I7A6R</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>Its place in the stream, from 1, dense.</summary>
    public required long Version { get; init; }

    public required string Type { get; init; }

    /// <summary>UTF-8 JSON as PostgreSQL prints it.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>When it was appended; the same for all events of one append and rising from append to append.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public required EventHeaders Headers { get; init; }

    public string? CorrelationId { get; init; }

    public string? CausationId { get; init; }
}
