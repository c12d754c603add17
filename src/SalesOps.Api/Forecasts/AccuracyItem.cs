using SalesOps.Api.Http;
using SalesOps.Api.Pipelines;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Forecasts;

/// <summary>How the forecasts of a group, in one currency and of one horizon, compare with what came of them.</summary>
/// <param name="Horizon">Days before the end of the period; absent for a back-test, whose steps have several.</param>
/// <param name="N">How many forecasts are judged.</param>
/// <param name="Excluded">How many are not in <c>mape</c> and <c>mpe</c>, since nothing came of them.</param>
/// <param name="Wape">Σ|F − A| ÷ ΣA.</param>
/// <param name="NettedWape">The same of the sums of each period, in which errors cancel out.</param>
/// <param name="Mape">Mean |F − A| ÷ A.</param>
/// <param name="Bias">Σ(F − A) ÷ ΣA; above 0 where too much was forecast.</param>
/// <param name="Mpe">Mean (F − A) ÷ A.</param>
/// <param name="Mae">Mean |F − A|, in the currency.</param>
/// <param name="Rmse">The root of the mean square error, in the currency.</param>
/// <param name="TrackingSignal">Σ(F − A) ÷ mean |F − A|.</param>
/// <param name="Fva">WAPE of the baseline less that of the forecasts, where there is a baseline.</param>
/// <param name="Accuracy">max(0, 1 − |A − F| ÷ A) of the sums.</param>
/// <param name="Ratio">F ÷ A of the sums.</param>
/// <param name="Reason">Why there are no ratios to what was won.</param>
/// <param name="MapeReason">Why there is no mean of ratios.</param>
/// <param name="TrackingSignalReason">Why there is no tracking signal.</param>
/// <param name="FvaReason">Why there is no value added.</param>
/// <param name="Predictions">Of a model: how many open deals it gave a probability of being won in the period.</param>
/// <param name="Brier">Mean (p − y)² of them, where y is 1 for the deals that were; 0 is best.</param>
/// <param name="BrierReason">Why there is none.</param>
/// <param name="Reliability">By deciles of the probability.</param>
internal sealed record AccuracyItem(
    string Key, string? Label, string? Currency, int? Horizon, int N, int Excluded, Money? Forecast, Money? Actual, decimal? Wape,
    decimal? NettedWape, decimal? Mape, decimal? Bias, decimal? Mpe, decimal? Mae, decimal? Rmse, decimal? TrackingSignal,
    decimal? Fva, decimal? Accuracy, decimal? Ratio, string? Reason, string? MapeReason, string? TrackingSignalReason,
    string? FvaReason, long? Predictions = null, decimal? Brier = null, string? BrierReason = null,
    IReadOnlyList<ReliabilityView>? Reliability = null)
{
    public static CsvColumn<AccuracyItem>[] Columns { get; } =
    [
        CsvColumn<AccuracyItem>.Text("key", item => item.Key),
        CsvColumn<AccuracyItem>.Text("label", item => item.Label),
        CsvColumn<AccuracyItem>.Text("currency", item => item.Currency),
        CsvColumn<AccuracyItem>.Number("horizon", item => item.Horizon),
        CsvColumn<AccuracyItem>.Number("n", item => item.N),
        CsvColumn<AccuracyItem>.Number("excluded", item => item.Excluded),
        CsvColumn<AccuracyItem>.Amount("forecast", item => item.Forecast),
        CsvColumn<AccuracyItem>.Amount("actual", item => item.Actual),
        Statistic("wape", item => item.Wape),
        Statistic("nettedWape", item => item.NettedWape),
        Statistic("mape", item => item.Mape),
        Statistic("bias", item => item.Bias),
        Statistic("mpe", item => item.Mpe),
        Statistic("mae", item => item.Mae),
        Statistic("rmse", item => item.Rmse),
        Statistic("trackingSignal", item => item.TrackingSignal),
        Statistic("fva", item => item.Fva),
        Statistic("accuracy", item => item.Accuracy),
        Statistic("ratio", item => item.Ratio),
        CsvColumn<AccuracyItem>.Number("predictions", item => item.Predictions),
        Statistic("brier", item => item.Brier),
        CsvColumn<AccuracyItem>.Text("reason", item => item.Reason),
    ];

    public static AccuracyItem Of(string key, string? label, string? currency, int? horizon, ForecastAccuracy accuracy) => new(
        key, label, currency, horizon, accuracy.Count, accuracy.Excluded, In(accuracy.Forecast, currency), In(accuracy.Actual, currency),
        accuracy.Wape.Value, accuracy.NettedWape.Value, accuracy.Mape.Value, accuracy.Bias.Value, accuracy.Mpe.Value,
        accuracy.Mae.Value, accuracy.Rmse.Value, accuracy.TrackingSignal.Value, accuracy.ValueAdded.Value, accuracy.Accuracy.Value,
        accuracy.Attained.Value, accuracy.Wape.Reason, accuracy.Mape.Reason, accuracy.TrackingSignal.Reason,
        accuracy.ValueAdded.Reason);

    /// <summary>The same with how good the probabilities were that a model gave.</summary>
    public AccuracyItem With(ProbabilityQuality quality) => this with
    {
        Predictions = quality.Count,
        Brier = quality.Brier.Value,
        BrierReason = quality.Brier.Reason,
        Reliability = ReliabilityView.Of(quality),
    };

    private static Money? In(decimal amount, string? currency) => currency is null ? null : new Money(amount, currency);

    private static CsvColumn<AccuracyItem> Statistic(string name, Func<AccuracyItem, decimal?> value) =>
        new(name, item => value(item) is { } number ? RatioText.Write(number) : null);
}
