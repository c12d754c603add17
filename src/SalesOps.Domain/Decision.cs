namespace SalesOps.Domain;

/// <summary>What a command comes to: events, nothing (it is so already), or a rejection.</summary>
public sealed record Decision<TEvent>
{
    private Decision(IReadOnlyList<TEvent> events, Rejection? rejection)
    {
        Events = events;
        Rejection = rejection;
    }

    /// <summary>It is so already: a repeat is harmless and writes nothing.</summary>
    public static Decision<TEvent> Nothing { get; } = new([], null);

    /// <summary>In order; empty where nothing is to be written.</summary>
    public IReadOnlyList<TEvent> Events { get; }

    /// <summary>Set where the command was refused.</summary>
    public Rejection? Rejection { get; }

    /// <summary>The decision where the command lies in a larger document, at that JSON pointer.</summary>
    public Decision<TEvent> In(string pointer) => Rejection is { Pointer: { } own } rejection
        ? rejection with { Pointer = pointer + own }
        : this;

    public static Decision<TEvent> Accept(params IReadOnlyList<TEvent> events) => new(events, null);

    public static implicit operator Decision<TEvent>(Rejection rejection) => new([], rejection);
}
