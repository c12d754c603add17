using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Pipelines;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>
/// One attempt at a decision: what it has read, and what it comes to on each stream. Streams that it read but does not
/// write become guards, so that the decision is never recorded on knowledge that has moved.
/// </summary>
internal sealed class StreamSession(EventStore store, StateCache<object> cache, WriteRequest request, bool isFresh)
{
    private readonly Dictionary<string, SessionStream> streams = new(StringComparer.Ordinal);

    /// <summary>Whether something came from the cache, so that a no must be checked on a fresh load.</summary>
    public bool HasUsedCache { get; private set; }

    /// <summary>Whether anything is to be recorded.</summary>
    public bool HasDecided { get; private set; }

    /// <summary>Whom to forget with what is recorded; null for nobody.</summary>
    public Erasure? Erasure { get; set; }

    /// <summary>What is to be recorded, all of it or nothing.</summary>
    public IReadOnlyList<StreamWrite> Writes =>
    [
        .. streams.Values.Where(stream => stream.Events is not [])
            .Select(stream => new StreamWrite(stream.Name, stream.ReadVersion, stream.Events)),
    ];

    /// <summary>The streams that were read and are not written.</summary>
    public IReadOnlyList<Guard> Guards =>
    [
        .. streams.Values.Where(stream => stream.Events is []).Select(stream => new Guard(stream.Name, stream.ReadVersion)),
    ];

    /// <summary>The stream as it is, with what this attempt has decided on it: all its facts, or none.</summary>
    public async ValueTask<Timeline<TState, TEvent>> ReadAsync<TState, TEvent>(
        StreamKind<TState, TEvent> kind, string id, CancellationToken cancellation)
        where TEvent : class => (await OpenAsync(kind, id, cancellation)).Timeline;

    /// <summary>A pipeline as in force at a time.</summary>
    public async ValueTask<Pipeline> PipelineAsync(PipelineId id, DateTimeOffset at, CancellationToken cancellation) =>
        (await ReadAsync(StreamKinds.Pipelines, id.Value, cancellation)).At(at);

    /// <summary>
    /// Decides on a further stream, by its state at the time. What this comes to is recorded together with everything
    /// else; a refusal is for the caller to pass on.
    /// </summary>
    /// <param name="effectiveAt">When it is to take effect; the present where absent.</param>
    public async ValueTask<Rejection?> DecideAsync<TState, TEvent>(
        StreamKind<TState, TEvent> kind, string id, DateTimeOffset? effectiveAt, Func<TState, Decision<TEvent>> decide,
        CancellationToken cancellation)
        where TEvent : class
    {
        var stream = await OpenAsync(kind, id, cancellation);
        var timeline = stream.Timeline;
        var at = effectiveAt ?? PresentOf(timeline);
        var verdict = Verdict.Of(timeline.Decide(at, decide), at);
        Record(stream, verdict);
        return verdict.Rejection;
    }

    /// <summary>Decides on a further stream by its whole history, as a correction does.</summary>
    public async ValueTask<Rejection?> DecideAsync<TState, TEvent>(
        StreamKind<TState, TEvent> kind, string id, Func<Timeline<TState, TEvent>, ValueTask<Verdict>> decide,
        CancellationToken cancellation)
        where TEvent : class
    {
        var stream = await OpenAsync(kind, id, cancellation);
        var verdict = await decide(stream.Timeline);
        Record(stream, verdict);
        return verdict.Rejection;
    }

    /// <summary>When a command on the stream takes effect if it does not say.</summary>
    public DateTimeOffset PresentOf<TState, TEvent>(Timeline<TState, TEvent> timeline)
        where TEvent : class =>
        request.PresentOf(timeline);

    /// <summary>The version that a stream has read or, once the decision is recorded, reached.</summary>
    public long VersionOf(string stream) => streams[stream].Version;

    /// <summary>The decision is recorded: what it made of its streams is kept for the next ones.</summary>
    public void KeepStates(DateTimeOffset recordedAt)
    {
        foreach (var stream in streams.Values.Where(stream => stream is { IsKept: true, Events: not [] }))
        {
            cache.Put(request.Caller.Tenant, stream.Name, stream.Version, stream.After(recordedAt));
        }
    }

    /// <summary>Nobody knows what is recorded: the streams are read anew for the next decision.</summary>
    public void ForgetStates()
    {
        foreach (var stream in streams.Keys)
        {
            cache.Remove(request.Caller.Tenant, stream);
        }
    }

    private void Record(SessionStream stream, Verdict verdict)
    {
        stream.Add(verdict.Facts, request);
        HasDecided |= verdict.Facts is not [];
    }

    private async ValueTask<SessionStream<TState, TEvent>> OpenAsync<TState, TEvent>(
        StreamKind<TState, TEvent> kind, string id, CancellationToken cancellation)
        where TEvent : class
    {
        var name = kind.NameOf(id);
        if (streams.TryGetValue(name, out var opened))
        {
            return (SessionStream<TState, TEvent>)opened;
        }

        var tenant = request.Caller.Tenant;
        Timeline<TState, TEvent> timeline;
        if (!isFresh && cache.TryGet(tenant, name, out _, out var cached) && cached is Timeline<TState, TEvent> known)
        {
            HasUsedCache = true;
            timeline = known;
        }
        else
        {
            var recorded = await store.ReadStreamAsync(tenant, name, cancellation: cancellation);
            timeline = kind.EmptyTimeline(id).With([.. recorded.Select(@event => @event.ToFact())]);
            if (kind.IsKept)
            {
                cache.Put(tenant, name, timeline.Version, timeline);
            }
        }

        var stream = new SessionStream<TState, TEvent>(name, timeline, kind.IsKept);
        streams.Add(name, stream);
        return stream;
    }
}
