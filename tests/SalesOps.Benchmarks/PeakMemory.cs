namespace SalesOps.Benchmarks;

/// <summary>The most memory that this process has had at once since it was made, looked at twenty times a second.</summary>
internal sealed class PeakMemory
{
    private readonly PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
    private readonly Task<long> watching;

    public PeakMemory()
    {
        // What went before is not to be counted.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        watching = WatchAsync();
    }

    /// <summary>In MiB.</summary>
    public async Task<double> StopAsync()
    {
        timer.Dispose();
        return await watching / (1024d * 1024d);
    }

    private async Task<long> WatchAsync()
    {
        var peak = Environment.WorkingSet;
        while (await timer.WaitForNextTickAsync())
        {
            peak = Math.Max(peak, Environment.WorkingSet);
        }

        return peak;
    }
}
