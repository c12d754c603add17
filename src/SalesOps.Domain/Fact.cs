namespace SalesOps.Domain;

/// <summary>An event with its place in its stream and on the two axes of time.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Version">Its place in the stream, from 1; orders facts that take effect at the same instant.</param>
/// <param name="EffectiveAt">When it was true.</param>
/// <param name="RecordedAt">When it was learned; the greatest value there is for one that is being decided.</param>
/// <param name="Event">What happened.</param>
public sealed record Fact<TEvent>(
    Guid Id, long Version, DateTimeOffset EffectiveAt, DateTimeOffset RecordedAt, TEvent Event)
{
    /// <summary>The facts of the same stream that this one takes back.</summary>
    public IReadOnlyList<Guid> Voids { get; init; } = [];

    /// <summary>From when it is known not to have happened, and by which event; absent while it stands.</summary>
    public Voiding? Voided { get; init; }

    /// <summary>Whether it counts in the knowledge of an instant.</summary>
    public bool IsKnownAt(DateTimeOffset knownAt) => RecordedAt <= knownAt && !(Voided?.RecordedAt <= knownAt);
}

/// <summary>That a fact was taken back: by which event, recorded when.</summary>
public sealed record Voiding(Guid By, DateTimeOffset RecordedAt);

/// <summary>
/// The event of a correction that puts nothing in the place of what it takes back. The event it voids stands in its
/// header; the fold of no state sees it.
/// </summary>
public sealed record FactVoided;
