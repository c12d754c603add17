namespace SalesOps.Domain.Reps;

/// <summary>Sets how many open accounts a rep can serve, or that nobody knows.</summary>
public sealed record ChangeCapacity(int? Capacity)
{
    private const int Limit = 1_000_000;

    public static Decision<RepEvent> Decide(Rep state, ChangeCapacity command) => state.Profile switch
    {
        _ when Check(command.Capacity) is { } fault => fault,
        { } profile when profile.Capacity == command.Capacity => Decision<RepEvent>.Nothing,
        _ => Decision<RepEvent>.Accept(new RepEvent.CapacityChanged(command.Capacity)),
    };

    internal static Rejection? Check(int? capacity) => capacity switch
    {
        < 0 => Rejection.Invalid("capacity-negative", "A capacity is not negative.", "/capacity"),
        > Limit => Rejection.Invalid("capacity-too-large", $"A capacity is at most {Limit} accounts.", "/capacity"),
        _ => null,
    };
}
