using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>A stream as an attempt at a decision has read it, and what it is to record on it.</summary>
internal abstract class SessionStream(string name, long readVersion, bool isKept)
{
    private readonly List<NewFact> facts = [];
    private readonly List<NewEvent> events = [];

    /// <summary>The stream's id with its category.</summary>
    public string Name => name;

    public long ReadVersion => readVersion;

    /// <summary>Whether its state is kept ready for the next command.</summary>
    public bool IsKept => isKept;

    /// <summary>The version with what is to be recorded.</summary>
    public long Version => readVersion + events.Count;

    public IReadOnlyList<NewEvent> Events => events;

    /// <summary>The timeline with what was recorded on it.</summary>
    public abstract object After(DateTimeOffset recordedAt);

    public void Add(IReadOnlyList<NewFact> further, WriteRequest request)
    {
        facts.AddRange(further);
        events.AddRange(further.Select(fact => EventEncoding.ToNewEvent(
            fact.Event,
            Guid.CreateVersion7(request.ReceivedAt),
            new EventHeaders
            {
                EffectiveAt = fact.EffectiveAt,
                Actor = request.Caller.Actor,
                Reason = fact.Reason,
                IdempotencyKey = request.IdempotencyKey,
                Voids = fact.Voids,
            },
            name)));
    }

    /// <summary>What is to be recorded, as facts of the stream.</summary>
    protected IReadOnlyList<Fact<object>> FactsRecorded(DateTimeOffset recordedAt) =>
    [
        .. facts.Select((fact, index) => new Fact<object>(
            events[index].Id, readVersion + index + 1, fact.EffectiveAt, recordedAt, fact.Event)
        {
            Voids = fact.Voids,
        }),
    ];
}

/// <inheritdoc cref="SessionStream"/>
internal sealed class SessionStream<TState, TEvent>(string name, Timeline<TState, TEvent> read, bool isKept)
    : SessionStream(name, read.Version, isKept)
    where TEvent : class
{
    /// <summary>As read, with what was decided since.</summary>
    public Timeline<TState, TEvent> Timeline => Events is [] ? read : read.With(FactsRecorded(DateTimeOffset.MaxValue));

    public override object After(DateTimeOffset recordedAt) => read.With(FactsRecorded(recordedAt));
}
