using System.Diagnostics.Metrics;

namespace SalesOps.Store;

/// <summary>What appends cost and what became of them, for whoever listens to the meter <see cref="Name"/>.</summary>
public static class StoreMeter
{
    public const string Name = "SalesOps.Store";

    private static readonly Meter meter = new(Name);

    private static readonly Counter<long> appends = meter.CreateCounter<long>(
        "salesops.appends", "{append}", "Appends by their outcome.");

    private static readonly Histogram<int> together = meter.CreateHistogram(
        "salesops.append.batch", "{append}", "Appends that were committed together.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    private static readonly Histogram<double> duration = meter.CreateHistogram(
        "salesops.append.duration", "s", "From the begin of a batch to the outcomes of all its appends.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 10],
        });

    internal static void Batch(int count, TimeSpan took)
    {
        together.Record(count);
        duration.Record(took.TotalSeconds);
    }

    internal static void Outcome(AppendOutcome outcome) =>
        appends.Add(1, new KeyValuePair<string, object?>("outcome", outcome.GetType().Name));
}
