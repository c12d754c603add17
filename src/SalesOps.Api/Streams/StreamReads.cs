using SalesOps.Api.Access;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>Reads of one stream, straight from the log: they are never behind it.</summary>
internal sealed class StreamReads(EventStore store, RowScope scope)
{
    /// <summary>The stream's events in the order recorded; empty where there is no such stream for the caller.</summary>
    /// <param name="validAt">When the caller must see it; now where absent.</param>
    public async Task<IReadOnlyList<RecordedEvent>> EventsAsync(
        Caller caller, string stream, CancellationToken cancellation, DateTimeOffset? validAt = null) =>
        await scope.SeesAsync(caller, stream, cancellation, validAt)
            ? await store.ReadStreamAsync(caller.Tenant, stream, cancellation)
            : [];

    /// <summary>The state as of both times; null where nothing was recorded by then.</summary>
    public async Task<StreamRead<TState>?> ReadAsync<TState, TEvent>(
        Caller caller, StreamKind<TState, TEvent> kind, string id, ReadAt at, CancellationToken cancellation)
        where TEvent : class
    {
        var events = await EventsAsync(caller, kind.NameOf(id), cancellation, at.ValidAt);
        var known = events.TakeWhile(@event => at.KnownAt is not { } knownAt || @event.RecordedAt <= knownAt).ToArray();
        if (known is not [.., var last])
        {
            return null;
        }

        var timeline = kind.EmptyTimeline(id).With([.. known.Select(@event => @event.ToFact())]);
        return new(timeline.At(at.ValidAt), last.Version, new AsOfView(at.ValidAt, at.KnownAt ?? last.RecordedAt, last.Position));
    }
}

/// <summary>State with the version of the stream that it was folded from.</summary>
internal sealed record StreamRead<TState>(TState State, long Version, AsOfView AsOf);
