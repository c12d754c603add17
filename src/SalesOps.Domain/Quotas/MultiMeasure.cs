namespace SalesOps.Domain.Quotas;

/// <summary>One of several measures that make one attainment.</summary>
/// <param name="Weight">All together sum to 1.</param>
/// <param name="Cap">What counts at most; absent for no cap.</param>
public sealed record WeightedAttainment(decimal Weight, decimal Attainment, decimal? Cap = null);

/// <summary>The attainment over several measures (RULES R10).</summary>
public static class MultiMeasure
{
    /// <summary>Σ wₖ·min(capₖ, attₖ); weights that don't sum to exactly 1 are a programmer's error.</summary>
    public static decimal Attainment(IReadOnlyList<WeightedAttainment> measures) =>
        measures.Sum(measure => measure.Weight) == 1
            ? measures.Sum(measure => measure.Weight * Math.Min(measure.Cap ?? measure.Attainment, measure.Attainment))
            : throw new ArgumentException("The weights of measures sum to exactly 1.", nameof(measures));
}
