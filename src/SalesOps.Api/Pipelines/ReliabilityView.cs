using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Pipelines;

/// <summary>The predictions between two probabilities.</summary>
/// <param name="Predicted">Their mean.</param>
/// <param name="Observed">The share that came true.</param>
internal sealed record ReliabilityView(decimal From, decimal To, long Count, decimal Predicted, decimal Observed)
{
    public static ReliabilityView[] Of(ProbabilityQuality quality) =>
        [.. quality.Reliability.Select(bin => new ReliabilityView(bin.From, bin.To, bin.Count, bin.Predicted, bin.Observed))];
}
