using System.Collections.Immutable;
using System.Globalization;

namespace SalesOps.Domain;

/// <summary>
/// All that is known of one stream, in the order in which it was true: by (effectiveAt, version). State as of any
/// instant, as known at any instant, is a fold of a part of it (RULES R0).
/// </summary>
public sealed class Timeline<TState, TEvent>
    where TEvent : class
{
    private readonly Decider<TState, TEvent> _decider;
    private readonly ImmutableArray<Fact<TEvent>> _facts;

    private Timeline(Decider<TState, TEvent> decider, ImmutableArray<Fact<TEvent>> facts, long version, TState latest)
    {
        _decider = decider;
        _facts = facts;
        Version = version;
        Latest = latest;
    }

    /// <summary>The version of the stream, which counts voiding events too.</summary>
    public long Version { get; }

    /// <summary>Every fact, voided ones too, in the order of (effectiveAt, version).</summary>
    public IReadOnlyList<Fact<TEvent>> Facts => _facts;

    /// <summary>Whether any fact stands.</summary>
    public bool Exists => _facts.Any(fact => fact.Voided is null);

    /// <summary>The state after everything that is known and stands, however late it takes effect.</summary>
    public TState Latest { get; }

    public static Timeline<TState, TEvent> Empty(Decider<TState, TEvent> decider) => new(decider, [], 0, decider.Initial);

    /// <summary>The state that was true at an instant, as known now.</summary>
    public TState At(DateTimeOffset validAt) => _facts is [] || _facts[^1].EffectiveAt <= validAt
        ? Latest
        : Fold(_facts.Where(fact => fact.Voided is null && fact.EffectiveAt <= validAt));

    /// <summary>The state that was true at <paramref name="validAt"/>, as known at <paramref name="knownAt"/>.</summary>
    public TState AsOf(DateTimeOffset validAt, DateTimeOffset knownAt) =>
        Fold(_facts.Where(fact => fact.EffectiveAt <= validAt && fact.IsKnownAt(knownAt)));

    /// <summary>The instants from which another state may hold, as known at <paramref name="knownAt"/>, with that state.</summary>
    public IEnumerable<(Fact<TEvent> Fact, TState State)> StatesKnownAt(DateTimeOffset knownAt)
    {
        var state = _decider.Initial;
        foreach (var fact in _facts.Where(fact => fact.IsKnownAt(knownAt)))
        {
            state = _decider.Evolve(state, fact);
            yield return (fact, state);
        }
    }

    /// <summary>
    /// When a command without a time of its own takes effect: now, but not before a fact of today that is already known,
    /// so that a deal won "today" is won for every command of today.
    /// </summary>
    /// <param name="now">The present.</param>
    /// <param name="endOfToday">The last instant of the present business date.</param>
    public DateTimeOffset PresentAt(DateTimeOffset now, DateTimeOffset endOfToday) => _facts
        .Where(fact => fact.Voided is null && fact.EffectiveAt > now && fact.EffectiveAt <= endOfToday)
        .Select(fact => fact.EffectiveAt)
        .Append(now)
        .Max();

    /// <summary>Decides a command by the state at its time, and judges the decision.</summary>
    public Decision<TEvent> Decide(DateTimeOffset effectiveAt, Func<TState, Decision<TEvent>> decide) =>
        Judge(effectiveAt, decide(At(effectiveAt)));

    /// <summary>
    /// Holds a decision against the rest of the history: its events must be possible at their time, and later facts must
    /// still be possible after them, else it is refused and the first fact that isn't is named.
    /// </summary>
    public Decision<TEvent> Judge(DateTimeOffset effectiveAt, Decision<TEvent> decision)
    {
        var state = At(effectiveAt);
        foreach (var @event in decision.Events)
        {
            if (_decider.Admit(state, @event) is { } refusal)
            {
                return refusal;
            }

            state = _decider.Evolve(state, Pending(effectiveAt, @event));
        }

        return decision.Events is not []
            && ContradictionIn(_facts.Where(fact => fact.EffectiveAt > effectiveAt), state) is { } contradiction
            ? contradiction
            : decision;
    }

    /// <summary>Why facts that each have a time of their own can't all join the history; null where they can.</summary>
    /// <param name="replaced">A fact that they take the place of; null where there is none.</param>
    public Rejection? Refuse(IReadOnlyList<(DateTimeOffset EffectiveAt, TEvent Event)> facts, Guid? replaced = null)
    {
        var further = facts.Select((fact, index) => Pending<object>(fact.EffectiveAt, fact.Event) with
        {
            Version = Version + index + 1,
            Voids = index == 0 && replaced is { } id ? [id] : [],
        });
        return ContradictionIn(With([.. further])._facts, _decider.Initial);
    }

    /// <summary>Why a fact can't be taken back, with another in its place or none; null where it can.</summary>
    /// <param name="eventId">The fact to void; it must stand, and what remains must be a possible history.</param>
    /// <param name="replacement">What happened instead, and when; null where nothing did.</param>
    public Rejection? RefuseCorrection(Guid eventId, (DateTimeOffset EffectiveAt, TEvent Event)? replacement)
    {
        if (Find(eventId) is not { } voided)
        {
            return Rejection.Invalid("event-not-found", $"This history has no fact '{eventId}'.", "/eventId");
        }

        if (voided.Voided is not null)
        {
            return Rejection.Conflict("already-voided", $"Fact '{eventId}' was taken back by '{voided.Voided.By}'.");
        }

        return ContradictionIn(Corrected(voided, replacement)._facts, _decider.Initial);
    }

    /// <summary>The fact of that id, voided or not.</summary>
    public Fact<TEvent>? Find(Guid eventId) => _facts.FirstOrDefault(fact => fact.Id == eventId);

    /// <summary>The history as if a fact of it had not happened.</summary>
    public Timeline<TState, TEvent> Without(Fact<TEvent> fact) => Corrected(fact, null);

    /// <summary>The timeline with further events of its stream, recorded or decided but not recorded yet.</summary>
    /// <param name="further">In the order of their versions; events of another kind only take back and count.</param>
    public Timeline<TState, TEvent> With(IReadOnlyList<Fact<object>> further)
    {
        if (further is [])
        {
            return this;
        }

        var facts = new List<Fact<TEvent>>(_facts.Length + further.Count);
        facts.AddRange(_facts);
        var latest = Latest;
        var isFolded = true;
        foreach (var fact in further)
        {
            foreach (var id in fact.Voids)
            {
                var index = facts.FindIndex(earlier => earlier.Id == id && earlier.Voided is null);
                if (index >= 0)
                {
                    facts[index] = facts[index] with { Voided = new Voiding(fact.Id, fact.RecordedAt) };
                    isFolded = false;
                }
            }

            if (fact.Event is TEvent @event)
            {
                var typed = new Fact<TEvent>(fact.Id, fact.Version, fact.EffectiveAt, fact.RecordedAt, @event)
                {
                    Voids = fact.Voids,
                };
                var after = facts.FindLastIndex(earlier => earlier.EffectiveAt <= fact.EffectiveAt);
                isFolded &= after == facts.Count - 1;
                facts.Insert(after + 1, typed);
                latest = isFolded ? _decider.Evolve(latest, typed) : latest;
            }
        }

        return new(
            _decider, [.. facts], further[^1].Version,
            isFolded ? latest : Fold(facts.Where(fact => fact.Voided is null)));
    }

    private Rejection? ContradictionIn(IEnumerable<Fact<TEvent>> facts, TState state)
    {
        foreach (var fact in facts.Where(fact => fact.Voided is null))
        {
            if (_decider.Admit(state, fact.Event) is { } refusal)
            {
                return fact.Id == Guid.Empty ? refusal : ContradictsLaterFact(fact, refusal);
            }

            state = _decider.Evolve(state, fact);
        }

        return null;
    }

    private static Rejection ContradictsLaterFact(Fact<TEvent> fact, Rejection refusal) => Rejection.Conflict(
        "contradicts-later-fact",
        string.Create(
            CultureInfo.InvariantCulture,
            $"Fact '{fact.Id}' of {fact.EffectiveAt:yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'} would no longer be possible: {refusal.Detail}"));

    private Timeline<TState, TEvent> Corrected(Fact<TEvent> voided, (DateTimeOffset EffectiveAt, TEvent Event)? replacement)
    {
        var correction = replacement is { } other
            ? Pending<object>(other.EffectiveAt, other.Event)
            : Pending<object>(voided.EffectiveAt, new FactVoided());
        return With([correction with { Voids = [voided.Id] }]);
    }

    private Fact<T> Pending<T>(DateTimeOffset effectiveAt, T @event) =>
        new(Guid.Empty, Version + 1, effectiveAt, DateTimeOffset.MaxValue, @event);

    private TState Fold(IEnumerable<Fact<TEvent>> facts) => facts.Aggregate(_decider.Initial, _decider.Evolve);
}
