namespace SalesOps.Domain;

/// <summary>How the events of one kind of stream make state, and which event may follow on which state.</summary>
/// <param name="Initial">The state of a stream without events.</param>
/// <param name="Evolve">Folds one fact; total, it never fails.</param>
/// <param name="Admit">Why an event may not follow on a state; null where it may.</param>
public sealed record Decider<TState, TEvent>(
    TState Initial, Func<TState, Fact<TEvent>, TState> Evolve, Func<TState, TEvent, Rejection?> Admit)
    where TEvent : class;
