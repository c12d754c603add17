using System.Diagnostics;

namespace SalesOps.Benchmarks;

/// <summary>What a slice of a case came to.</summary>
internal sealed record Pace(double PerSecond, double P50Ms, double P99Ms)
{
    /// <summary>The median of each figure over the slices: one bad moment of the machine doesn't count.</summary>
    public static Pace Median(IReadOnlyList<Pace> slices) => new(
        Median(slices.Select(slice => slice.PerSecond)), Median(slices.Select(slice => slice.P50Ms)),
        Median(slices.Select(slice => slice.P99Ms)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static Pace Of(IEnumerable<double> latencies, TimeSpan elapsed, long count)
    {
        double[] sorted = [.. latencies.Order()];
        return new(count / elapsed.TotalSeconds, At(sorted, 0.50), At(sorted, 0.99));
    }

    /// <summary>Each caller does one thing after the other until the time is up.</summary>
    /// <param name="once">Does one thing for the caller of that number, and says how many it counts for.</param>
    public static async Task<Pace> OfAsync(int callers, TimeSpan duration, Func<int, Task<int>> once)
    {
        var started = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, callers).Select(CallAsync));
        var elapsed = Stopwatch.GetElapsedTime(started);
        return Of(results.SelectMany(result => result.Latencies), elapsed, results.Sum(result => result.Count));

        async Task<(long Count, List<double> Latencies)> CallAsync(int caller)
        {
            await Task.Yield();
            var count = 0L;
            var latencies = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var began = Stopwatch.GetTimestamp();
                count += await once(caller);
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return (count, latencies);
        }
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min((int)(sorted.Length * share), sorted.Length - 1)];
}
