using Xunit;

namespace SalesOps.Domain.Tests.Ledger.Simulation;

/// <summary>What was recorded, as it would stand in the log.</summary>
internal sealed record Recorded(string Stream, Guid Id, DateTimeOffset EffectiveAt, string Type, byte[] Data, IReadOnlyList<Guid> Voids);

/// <summary>The streams of one kind, kept as the store would: what a decider refuses is not recorded.</summary>
internal sealed class Streams<TState, TEvent>(Decider<TState, TEvent> decider, string category, List<Recorded> log)
    where TEvent : class
{
    private readonly Dictionary<string, Timeline<TState, TEvent>> timelines = new(StringComparer.Ordinal);

    public IEnumerable<string> Ids => timelines.Keys;

    public Timeline<TState, TEvent> this[string id] =>
        timelines.TryGetValue(id, out var timeline) ? timeline : Timeline<TState, TEvent>.Empty(decider);

    /// <summary>Whether it was recorded; a refusal or nothing leaves everything as it is.</summary>
    public bool TryDecide(string id, DateTimeOffset at, Func<TState, Decision<TEvent>> decide)
    {
        var decision = this[id].Decide(at, decide);
        foreach (var @event in decision.Events)
        {
            Record(id, at, @event, []);
        }

        return decision.Events is not [];
    }

    /// <summary>Takes a fact back, if that is possible.</summary>
    public bool TryVoid(string id, Guid eventId)
    {
        if (this[id].RefuseCorrection(eventId, null) is not null)
        {
            return false;
        }

        Record(id, this[id].Find(eventId)!.EffectiveAt, new FactVoided(), [eventId]);
        return true;
    }

    /// <summary>Takes in what was recorded before, from its stored bytes.</summary>
    public bool TryReplay(Recorded recorded, int position)
    {
        if (!recorded.Stream.StartsWith(category + "/", StringComparison.Ordinal))
        {
            return false;
        }

        var id = recorded.Stream[(category.Length + 1)..];
        var fact = new Fact<object>(
            recorded.Id, this[id].Version + 1, recorded.EffectiveAt, RecordedAt(position),
            EventCatalog.Decode(recorded.Type, recorded.Data))
        {
            Voids = recorded.Voids,
        };
        timelines[id] = this[id].With([fact]);
        return true;
    }

    private void Record(string id, DateTimeOffset at, object @event, IReadOnlyList<Guid> voids)
    {
        var eventId = new Guid(log.Count + 1, 0, 0, new byte[8]);
        log.Add(new($"{category}/{id}", eventId, at, EventCatalog.NameOf(@event), EventCatalog.Encode(@event), voids));
        Assert.True(TryReplay(log[^1], log.Count));
    }

    private static DateTimeOffset RecordedAt(int position) =>
        new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(position);
}
