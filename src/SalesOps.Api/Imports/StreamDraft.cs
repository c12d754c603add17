using System.Collections.Immutable;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Imports;

/// <summary>A stream as it would be with what was decided so far.</summary>
/// <param name="Stream">Its id with its category.</param>
/// <param name="RecordedVersion">The version it was loaded at.</param>
/// <param name="Pending">What was decided and is not recorded.</param>
internal abstract record StreamDraft(string Stream, long RecordedVersion, ImmutableList<NewEvent> Pending)
{
    /// <summary>Whether anything stands in it.</summary>
    public abstract bool Exists { get; }

    /// <summary>The place of an event in it; 0 where it is not there.</summary>
    public abstract long VersionOf(Guid eventId);

    /// <summary>The kinds of streams that imports write, each with its events.</summary>
    public static StreamDraft Load(string stream, IReadOnlyList<RecordedEvent> events)
    {
        var slash = stream.IndexOf('/', StringComparison.Ordinal);
        var id = stream[(slash + 1)..];
        return stream[..slash] switch
        {
            "deal" => Load(StreamKinds.Deals, id, events),
            "account" => Load(StreamKinds.Accounts, id, events),
            "rep" => Load(StreamKinds.Reps, id, events),
            "contacts" => Load(StreamKinds.Contacts, id, events),
            "lead" => Load(StreamKinds.Leads, id, events),
            "product" => Load(StreamKinds.Products, id, events),
            "pipeline" => Load(StreamKinds.Pipelines, id, events),
            _ => throw new InvariantViolationException($"No import writes streams like '{stream}'."),
        };
    }

    private static StreamDraft<TState, TEvent> Load<TState, TEvent>(
        StreamKind<TState, TEvent> kind, string id, IReadOnlyList<RecordedEvent> events)
        where TEvent : class
    {
        var timeline = kind.EmptyTimeline(id).With([.. events.Select(@event => @event.ToFact())]);
        return new(kind.NameOf(id), events.Count, [], timeline);
    }
}

/// <inheritdoc cref="StreamDraft"/>
internal sealed record StreamDraft<TState, TEvent>(
    string Stream, long RecordedVersion, ImmutableList<NewEvent> Pending, Timeline<TState, TEvent> Timeline)
    : StreamDraft(Stream, RecordedVersion, Pending)
    where TEvent : class
{
    public override bool Exists => Timeline.Exists;

    public override long VersionOf(Guid eventId) => Timeline.Find(eventId)?.Version ?? 0;

    /// <summary>The draft with a further event.</summary>
    public StreamDraft<TState, TEvent> With(TEvent @event, Guid id, EventHeaders headers) => this with
    {
        Pending = Pending.Add(EventEncoding.ToNewEvent(@event, id, headers, Stream)),
        Timeline = Timeline.With([EventEncoding.ToPendingFact(@event, id, Timeline.Version + 1, headers)]),
    };
}
