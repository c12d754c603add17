namespace SalesOps.Domain.Ledger;

/// <summary>What kept the calculation of a rep from being made: the stream <c>calculation/&lt;rep&gt;</c>.</summary>
public abstract record CalculationEvent
{
    private CalculationEvent()
    {
    }

    /// <summary>It can't be made, for example since a rate is missing; what is posted stands until it can.</summary>
    /// <param name="Period">The first month that is behind for it.</param>
    public sealed record Blocked(string Period, string Code, string Detail) : CalculationEvent;

    public sealed record Resumed : CalculationEvent;
}

/// <summary>Whether a rep's pay can be calculated.</summary>
/// <param name="Block">Why not; null where it can.</param>
public sealed record RepCalculation(CalculationEvent.Blocked? Block)
{
    public static Decider<RepCalculation, CalculationEvent> Decider { get; } =
        new(new RepCalculation(Block: null), Evolve, (_, _) => null);

    /// <summary>What is to be recorded so that the history says how it is now; nothing where it does.</summary>
    public static Decision<CalculationEvent> Say(RepCalculation state, CalculationEvent.Blocked? block) => block switch
    {
        _ when state.Block == block => Decision<CalculationEvent>.Nothing,
        null => Decision<CalculationEvent>.Accept(new CalculationEvent.Resumed()),
        _ => Decision<CalculationEvent>.Accept(block),
    };

    private static RepCalculation Evolve(RepCalculation state, Fact<CalculationEvent> fact) => fact.Event switch
    {
        CalculationEvent.Blocked e => new(e),
        CalculationEvent.Resumed => new(Block: null),
        _ => state,
    };
}
