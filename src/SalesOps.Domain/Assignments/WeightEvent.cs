namespace SalesOps.Domain.Assignments;

/// <summary>What happened to a tenant's weights.</summary>
public abstract record WeightEvent
{
    private WeightEvent()
    {
    }

    /// <param name="Reason">Why they are weighed so.</param>
    public sealed record Weighed(FactorWeights Weights, string? Reason = null) : WeightEvent;
}

/// <summary>The weights in force at one instant; the defaults until some are set.</summary>
public sealed record WeightSetting(FactorWeights Weights, string? Reason = null)
{
    /// <summary>The one stream of a tenant.</summary>
    public const string StreamId = "weights";

    public static Decider<WeightSetting, WeightEvent> Decider { get; } = new(
        new WeightSetting(FactorWeights.Default),
        (state, fact) => fact.Event is WeightEvent.Weighed e ? new(e.Weights, e.Reason) : state,
        (_, _) => null);
}
