namespace SalesOps.Domain.Metrics;

/// <summary>Predictions of one decile of probability against what came of them.</summary>
/// <param name="From">The least probability of the decile; the last one includes 1.</param>
public sealed record ReliabilityBin(decimal From, decimal To, long Count, decimal Predicted, decimal Observed);

/// <summary>Holds predicted probabilities against what came true (RULES R9).</summary>
public sealed class ProbabilityQuality
{
    private readonly SortedDictionary<decimal, (long Count, long True)> _predictions = [];

    /// <summary>How many predictions there are.</summary>
    public long Count => _predictions.Values.Sum(predicted => predicted.Count);

    /// <summary>The mean of (p − y)², where y is 1 for what came true and 0 for the rest; 0 is best.</summary>
    public Ratio Brier => Ratio.Of(_predictions.Sum(one => SquaredErrorOf(one.Key, one.Value)), Count);

    /// <summary>By deciles of the probability; those without predictions are left out.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability =>
    [
        .. from one in _predictions
           group one by Math.Min(9, (int)decimal.Floor(one.Key * 10)) into bin
           let count = bin.Sum(one => one.Value.Count)
           select new ReliabilityBin(
               bin.Key / 10m, (bin.Key + 1) / 10m, count, bin.Sum(one => one.Key * one.Value.Count) / count,
               (decimal)bin.Sum(one => one.Value.True) / count),
    ];

    /// <param name="probability">That was predicted, 0 to 1.</param>
    /// <param name="count">For how many.</param>
    /// <param name="isTrue">For how many of them it came true.</param>
    public void Add(decimal probability, long count, long isTrue)
    {
        if (count > 0)
        {
            var before = _predictions.GetValueOrDefault(probability);
            _predictions[probability] = (before.Count + count, before.True + isTrue);
        }
    }

    private static decimal SquaredErrorOf(decimal p, (long Count, long True) predicted) =>
        (predicted.True * (1 - p) * (1 - p)) + ((predicted.Count - predicted.True) * p * p);
}
