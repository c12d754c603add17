using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SalesOps.Api.Audit;
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
        await ExportAsync(store, options.Events, cancellation);
    }

    /// <summary>The whole log as lines of JSON, as an auditor gets it; its memory is that of a page, however long the log.</summary>
    private static async Task ExportAsync(EventStore store, long events, CancellationToken cancellation)
    {
        var head = await store.HeadAsync(cancellation);
        var peak = new PeakMemory();
        var began = Stopwatch.GetTimestamp();
        var bytes = 0L;
        await foreach (var recorded in store.ReadTenantAsync(BenchDatabase.Tenant, null, 0, head.Position, cancellation))
        {
            bytes += JsonSerializer.SerializeToUtf8Bytes(AuditEvent.Of(recorded), AuditJson.Default.AuditEvent).Length;
        }

        new Figure("verify", "export")
        {
            PerSecond = events / Stopwatch.GetElapsedTime(began).TotalSeconds,
            PeakMiB = await peak.StopAsync(),
        }.Print();
        Progress.Say($"The export has {bytes} bytes.");
    }
}
