using SalesOps.Domain.Metrics;
using Xunit;

namespace SalesOps.Domain.Tests.Metrics;

public sealed class ProbabilityQualityTests
{
    [Fact]
    public void Brier_is_the_mean_squared_error_and_deciles_tell_what_came_true()
    {
        var quality = new ProbabilityQuality();
        quality.Add(0.7m, 1, 1);
        quality.Add(0.75m, 1, 0);
        quality.Add(0.2m, 2, 1);
        quality.Add(1, 1, 1);

        // 0.3² + 0.75² + (0.8² + 0.2²) + 0 over five.
        Assert.Equal((5, 0.2665m), (quality.Count, quality.Brier.Value));
        Assert.Equal(
            [new(0.2m, 0.3m, 2, 0.2m, 0.5m), new(0.7m, 0.8m, 2, 0.725m, 0.5m), new ReliabilityBin(0.9m, 1, 1, 1, 1)],
            quality.Reliability);
    }

    [Fact]
    public void Without_predictions_there_is_no_quality()
    {
        var quality = new ProbabilityQuality();
        quality.Add(0.5m, 0, 0);
        Assert.Equal((0, null, Ratio.NoDenominator), (quality.Count, quality.Brier.Value, quality.Brier.Reason));
        Assert.Empty(quality.Reliability);
    }
}
