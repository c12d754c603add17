namespace SalesOps.Domain.Assignments;

/// <summary>Weighs the factors of recommendations otherwise, from a time on.</summary>
public sealed record ChangeWeights(FactorWeights Weights, string? Reason)
{
    public static Decision<WeightEvent> Decide(WeightSetting state, ChangeWeights command) => command.Weights switch
    {
        var weights when weights.OutOfRange() is { } factor =>
            Rejection.Invalid("weight-range", "A weight is between 0 and 1.", $"/weights/{factor}"),
        var weights when weights.Sum() != 1 => Rejection.Invalid("weights-sum", "The weights sum to exactly 1.", "/weights"),
        var weights when weights == state.Weights => Decision<WeightEvent>.Nothing,
        var weights => Decision<WeightEvent>.Accept(new WeightEvent.Weighed(weights, command.Reason)),
    };
}
