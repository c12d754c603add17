namespace SalesOps.Store;

/// <summary>
/// Turns events, and the passage of time, into further events. It folds the streams that it writes to and appends what is
/// missing in them with the expected version: so it may see the same events any number of times.
/// </summary>
public interface IReactor
{
    /// <summary>Its row in <c>mt_event_progression</c>, with the version of what it does.</summary>
    string Name { get; }

    /// <summary>Sees to the streams that events came to; a page ends where an append ends.</summary>
    Task ReactAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation);

    /// <summary>Does some of what the time has come for; false where nothing was left to do.</summary>
    Task<bool> WorkOffAsync(DateTimeOffset now, CancellationToken cancellation);
}
