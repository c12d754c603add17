using System.Globalization;
using SalesOps.Domain;
using Xunit;

namespace SalesOps.Testing;

/// <summary>Given a history, when a command comes, then these events: how decisions are told in tests.</summary>
public static class Spec
{
    public static Spec<TState, TEvent> For<TState, TEvent>(Decider<TState, TEvent> decider)
        where TEvent : class => new(Timeline<TState, TEvent>.Empty(decider));

    /// <summary>The id of the given fact that has the version; the first has version 1.</summary>
    public static Guid FactId(long version) =>
        Guid.ParseExact(version.ToString("x32", CultureInfo.InvariantCulture), "N");

    /// <summary>When the given fact of that version was recorded: one second after the one before.</summary>
    public static DateTimeOffset RecordedAt(long version) => new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(version);
}

/// <summary>A history to decide on. Each fact of it was possible when it was recorded, else the test itself is wrong.</summary>
public sealed class Spec<TState, TEvent>(Timeline<TState, TEvent> timeline)
    where TEvent : class
{
    public Timeline<TState, TEvent> Timeline => timeline;

    /// <summary>Further facts, recorded in the order in which they stand here whenever they take effect.</summary>
    public Spec<TState, TEvent> Given(params IReadOnlyList<(DateTimeOffset EffectiveAt, TEvent Event)> facts) =>
        facts.Aggregate(this, (spec, fact) =>
        {
            Assert.Null(spec.Timeline.Decide(fact.EffectiveAt, _ => Decision<TEvent>.Accept(fact.Event)).Rejection);
            return spec.Recorded(fact.EffectiveAt, fact.Event);
        });

    /// <summary>A correction: the fact of that version is taken back, for another or for none.</summary>
    public Spec<TState, TEvent> GivenCorrection(long version, (DateTimeOffset EffectiveAt, TEvent Event)? replacement = null)
    {
        Assert.Null(timeline.RefuseCorrection(Spec.FactId(version), replacement));
        return replacement is { } other
            ? Recorded(other.EffectiveAt, other.Event, version)
            : Recorded(timeline.Facts.Single(fact => fact.Version == version).EffectiveAt, new FactVoided(), version);
    }

    /// <summary>A command that takes effect at a time and is decided by the state of that time.</summary>
    public SpecOutcome<TState, TEvent> When(DateTimeOffset effectiveAt, Func<TState, Decision<TEvent>> decide) =>
        new(this, effectiveAt, decide);

    internal Spec<TState, TEvent> Recorded(DateTimeOffset effectiveAt, object @event, params IReadOnlyList<long> voids)
    {
        var version = timeline.Version + 1;
        return new(timeline.With(
        [
            new(Spec.FactId(version), version, effectiveAt, Spec.RecordedAt(version), @event)
            {
                Voids = [.. voids.Select(Spec.FactId)],
            },
        ]));
    }
}

/// <summary>
/// What a command came to. An accepted one is decided again on the state it made, and must come to nothing then, since a
/// client that heard no answer asks again.
/// </summary>
public sealed class SpecOutcome<TState, TEvent>(
    Spec<TState, TEvent> given, DateTimeOffset effectiveAt, Func<TState, Decision<TEvent>> decide, bool isIdempotent = true)
    where TEvent : class
{
    private readonly Decision<TEvent> _decision = given.Timeline.Decide(effectiveAt, decide);

    /// <summary>The command does something again, or is refused, when it is repeated; only its idempotency key protects it.</summary>
    public SpecOutcome<TState, TEvent> NotIdempotent() => new(given, effectiveAt, decide, isIdempotent: false);

    /// <summary>Exactly these events, in this order; the history with them comes back.</summary>
    public Spec<TState, TEvent> Then(params IReadOnlyList<TEvent> events)
    {
        Assert.Null(_decision.Rejection);
        Assert.Equal(events, _decision.Events);
        var after = _decision.Events.Aggregate(given, (spec, @event) => spec.Recorded(effectiveAt, @event));
        var repeated = after.Timeline.Decide(effectiveAt, decide);
        Assert.Equal(isIdempotent, repeated is { Events: [], Rejection: null });
        return after;
    }

    /// <summary>It is so already: no event, no refusal.</summary>
    public void Nothing()
    {
        Assert.Null(_decision.Rejection);
        Assert.Empty(_decision.Events);
    }

    /// <summary>Refused with this code, at this member of the command if one is given; the refusal comes back.</summary>
    public Rejection Refused(string code, string? pointer = null)
    {
        Assert.NotNull(_decision.Rejection);
        Assert.Equal((code, pointer), (_decision.Rejection.Code, _decision.Rejection.Pointer));
        Assert.Empty(_decision.Events);
        return _decision.Rejection;
    }

    /// <summary>Refused since the given fact of that version would no longer be possible.</summary>
    public void ContradictsFact(long version) =>
        Assert.Contains($"'{Spec.FactId(version)}'", Refused("contradicts-later-fact").Detail, StringComparison.Ordinal);
}
