using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Forecasts;

/// <summary>
/// How forecasts compare with what came of them (RULES R9). The level is that of the pairs: the errors of reps don't
/// cancel out, those of their netted total do.
/// </summary>
public sealed class ForecastAccuracy(IReadOnlyList<ForecastPair> pairs)
{
    private readonly decimal _absolute = pairs.Sum(pair => Math.Abs(pair.Error));

    /// <summary>How many forecasts are judged.</summary>
    public int Count => pairs.Count;

    /// <summary>How many are not in <see cref="Mape"/> and <see cref="Mpe"/>, since nothing came of them.</summary>
    public int Excluded => pairs.Count(pair => pair.Actual == 0);

    public decimal Forecast => pairs.Sum(pair => pair.Forecast);

    public decimal Actual => pairs.Sum(pair => pair.Actual);

    /// <summary>Mean |F − A|, in the currency.</summary>
    public Ratio Mae => Ratio.Of(_absolute, Count);

    /// <summary>Σ|F − A| ÷ ΣA.</summary>
    public Ratio Wape => WapeOf(pairs);

    /// <summary>The same of the sums of each period, in which errors of the units cancel out.</summary>
    public Ratio NettedWape => WapeOf([.. Netted(pairs)]);

    /// <summary>Mean |F − A| ÷ A, where A is not 0.</summary>
    public Ratio Mape => MeanOf(pair => Math.Abs(pair.Error) / Math.Abs(pair.Actual));

    /// <summary>Mean (F − A) ÷ A, where A is not 0.</summary>
    public Ratio Mpe => MeanOf(pair => pair.Error / pair.Actual);

    /// <summary>Σ(F − A) ÷ ΣA; above 0 where too much was forecast.</summary>
    public Ratio Bias => Ratio.Of(pairs.Sum(pair => pair.Error), Actual);

    /// <summary>The root of the mean square error, in the currency.</summary>
    public Ratio Rmse
    {
        get
        {
            // By the largest, so that no square leaves the range of decimals.
            var largest = pairs.Select(pair => Math.Abs(pair.Error)).DefaultIfEmpty().Max();
            return Count == 0 ? Ratio.Absent(Ratio.NoDenominator)
                : largest == 0 ? new(0, null)
                : new(largest * Root.Of(pairs.Sum(pair => pair.Error / largest * (pair.Error / largest)) / Count), null);
        }
    }

    /// <summary>Σ(F − A) ÷ MAE: between −n and n; far from 0 where the errors are all on one side.</summary>
    public Ratio TrackingSignal => Mae.Value is { } mean ? Ratio.Of(pairs.Sum(pair => pair.Error), mean) : Mae;

    /// <summary>max(0, 1 − |A − F| ÷ A) of the sums, as HubSpot reckons.</summary>
    public Ratio Accuracy => Actual == 0
        ? Ratio.Absent(Ratio.NoDenominator)
        : new(Math.Max(0, 1 - Math.Abs((Actual - Forecast) / Actual)), null);

    /// <summary>F ÷ A of the sums, as Gong reckons.</summary>
    public Ratio Attained => Ratio.Of(Forecast, Actual);

    /// <summary>WAPE of the baseline less that of the forecast, over the pairs that have a baseline; below 0 where it was better.</summary>
    public Ratio ValueAdded
    {
        get
        {
            ForecastPair[] both = [.. pairs.Where(pair => pair.Baseline is not null)];
            var baseline = WapeOf([.. both.Select(pair => pair with { Forecast = pair.Baseline!.Value })]);
            return both is [] ? Ratio.Absent(NoBaseline)
                : baseline.Value is { } naive ? new(naive - WapeOf(both).Value, null)
                : baseline;
        }
    }

    /// <summary>The reason where no pair has a baseline.</summary>
    public const string NoBaseline = "no-baseline";

    private static Ratio WapeOf(IReadOnlyList<ForecastPair> pairs) =>
        Ratio.Of(pairs.Sum(pair => Math.Abs(pair.Error)), pairs.Sum(pair => pair.Actual));

    private static IEnumerable<ForecastPair> Netted(IEnumerable<ForecastPair> pairs) => pairs
        .GroupBy(pair => pair.Period)
        .Select(period => new ForecastPair(
            GroupKey.All, period.Key, period.Sum(pair => pair.Forecast), period.Sum(pair => pair.Actual)));

    private Ratio MeanOf(Func<ForecastPair, decimal> of)
    {
        var judged = pairs.Where(pair => pair.Actual != 0).ToArray();
        return Ratio.Of(judged.Sum(of), judged.Length);
    }
}
