using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SalesOps.Store;

namespace SalesOps.Benchmarks;

/// <summary>The notary seals the generated history, and an auditor verifies it.</summary>
internal static class VerifyBench
{
    private const int Rounds = 3;

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var log = await GrownLog.CreateAsync(options, cancellation);
        await log.GrowAsync(options.Events, cancellation);
        var (pools, store) = (log.Database.Pools, log.Database.Store);
        var peak = new PeakMemory();
        var began = Stopwatch.GetTimestamp();
        await new Notary(pools, store, TimeProvider.System, NullLogger<Notary>.Instance).SealAsync(cancellation);
        new Figure("verify", "seal")
        {
            PerSecond = options.Events / Stopwatch.GetElapsedTime(began).TotalSeconds,
            PeakMiB = await peak.StopAsync(),
        }.Print();

        peak = new PeakMemory();
        var paces = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            began = Stopwatch.GetTimestamp();
            var found = await new Verifier(pools).VerifyAsync(BenchDatabase.Tenant, null, null, null, cancellation);
            paces.Add(found.Events / Stopwatch.GetElapsedTime(began).TotalSeconds);
            if (!found.Ok)
            {
                throw new InvalidOperationException($"The log does not verify: {found.FirstBad}.");
            }
        }

        new Figure("verify", "verify") { PerSecond = Pace.Median(paces), PeakMiB = await peak.StopAsync() }.Print();
    }
}
