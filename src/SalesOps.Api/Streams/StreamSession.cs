using SalesOps.Domain;
using SalesOps.Domain.Pipelines;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>
/// What one attempt at a decision has read. Streams that it read but does not write become guards, so that the decision
/// is never recorded on knowledge that has moved.
/// </summary>
internal sealed class StreamSession(EventStore store, StateCache<object> cache, string tenant, bool isFresh)
{
    private readonly Dictionary<string, (long Version, object Timeline)> read = new(StringComparer.Ordinal);

    /// <summary>Whether something came from the cache, so that a no must be checked on a fresh load.</summary>
    public bool HasUsedCache { get; private set; }

    /// <summary>The stream as it is: all its facts, or none. Within an attempt a stream is the same each time.</summary>
    public async ValueTask<Timeline<TState, TEvent>> ReadAsync<TState, TEvent>(
        StreamKind<TState, TEvent> kind, string id, CancellationToken cancellation)
        where TEvent : class
    {
        var stream = kind.NameOf(id);
        if (read.TryGetValue(stream, out var before))
        {
            return (Timeline<TState, TEvent>)before.Timeline;
        }

        Timeline<TState, TEvent> timeline;
        if (!isFresh && cache.TryGet(tenant, stream, out _, out var cached) && cached is Timeline<TState, TEvent> known)
        {
            HasUsedCache = true;
            timeline = known;
        }
        else
        {
            var recorded = await store.ReadStreamAsync(tenant, stream, cancellation: cancellation);
            timeline = kind.EmptyTimeline(id).With([.. recorded.Select(@event => @event.ToFact())]);
            cache.Put(tenant, stream, timeline.Version, timeline);
        }

        read[stream] = (timeline.Version, timeline);
        return timeline;
    }

    /// <summary>A pipeline as in force at a time.</summary>
    public async ValueTask<Pipeline> PipelineAsync(PipelineId id, DateTimeOffset at, CancellationToken cancellation) =>
        (await ReadAsync(StreamKinds.Pipelines, id.Value, cancellation)).At(at);

    /// <summary>The streams that were read, but for the one that is written.</summary>
    public IReadOnlyList<Guard> GuardsBeside(string written) =>
        [.. read.Where(stream => stream.Key != written).Select(stream => new Guard(stream.Key, stream.Value.Version))];
}
