using SalesOps.Domain;

namespace SalesOps.Api.Streams;

/// <summary>What a command comes to, with the times of its events: facts to record, nothing, or a refusal.</summary>
internal sealed record Verdict(Rejection? Rejection, IReadOnlyList<NewFact> Facts)
{
    public static Verdict Refuse(Rejection rejection) => new(rejection, []);

    public static Verdict Of<TEvent>(Decision<TEvent> decision, DateTimeOffset effectiveAt)
        where TEvent : class =>
        new(decision.Rejection, [.. decision.Events.Select(@event => new NewFact(@event, effectiveAt))]);

    /// <summary>The stream as it comes to be once the facts are recorded.</summary>
    public Timeline<TState, TEvent> After<TState, TEvent>(Timeline<TState, TEvent> timeline)
        where TEvent : class => timeline.With(
        [
            .. Facts.Select((fact, index) => new Fact<object>(
                Guid.Empty, timeline.Version + index + 1, fact.EffectiveAt, DateTimeOffset.MaxValue, fact.Event)
            {
                Voids = fact.Voids,
            }),
        ]);
}

/// <summary>An event with what goes into its headers.</summary>
internal sealed record NewFact(object Event, DateTimeOffset EffectiveAt)
{
    /// <summary>Why, where somebody said so.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<Guid> Voids { get; init; } = [];
}
