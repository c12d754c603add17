using System.Diagnostics;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Benchmarks;

/// <summary>
/// The whole log read, decoded and folded, beside the same rows only streamed; and the facts filled anew, at half of the
/// history and at all of it: as many events a second and as much memory at both is what "linear" and "flat" mean.
/// </summary>
internal static class RebuildBench
{
    private const int PageSize = 2_000;
    private const int Rounds = 3;

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var log = await GrownLog.CreateAsync(options, cancellation);
        await log.GrowAsync(options.Events / 2, cancellation);
        await FactsAsync(log, "facts-half", cancellation);
        await log.GrowAsync(options.Events - (options.Events / 2), cancellation);
        await FactsAsync(log, "facts", cancellation);

        var (fold, plain) = (new List<double>(), new List<double>());
        var peak = new PeakMemory();
        for (var round = 0; round < Rounds; round++)
        {
            plain.Add(await StreamAsync(log, cancellation));
            fold.Add(await FoldAsync(log, cancellation));
        }

        var peakMiB = await peak.StopAsync();
        var ratio = Pace.Median(fold.Zip(plain, (ours, raw) => ours / raw));
        new Figure("rebuild", "fold", ratio) { PerSecond = Pace.Median(fold), PeakMiB = peakMiB }.Print();
        new Figure("rebuild", "plain-stream", 1) { PerSecond = Pace.Median(plain) }.Print();
    }

    private static async Task FactsAsync(GrownLog log, string name, CancellationToken cancellation)
    {
        var peak = new PeakMemory();
        var perSecond = await log.RebuildFactsAsync(cancellation);
        new Figure("rebuild", name) { PerSecond = perSecond, PeakMiB = await peak.StopAsync() }.Print();
    }

    private static async Task<double> FoldAsync(GrownLog log, CancellationToken cancellation)
    {
        var store = log.Database.Store;
        var head = await store.HeadAsync(cancellation);
        var began = Stopwatch.GetTimestamp();
        var deals = new Dictionary<string, Deal>(StringComparer.Ordinal);
        await foreach (var page in store.StreamLogAsync(0, head.Position, PageSize, cancellation))
        {
            foreach (var recorded in page)
            {
                if (recorded.ToFact() is { Event: DealEvent @event } fact)
                {
                    deals[recorded.Stream] = Deal.Decider.Evolve(
                        deals.GetValueOrDefault(recorded.Stream, Deal.Decider.Initial),
                        new Fact<DealEvent>(fact.Id, fact.Version, fact.EffectiveAt, fact.RecordedAt, @event));
                }
            }
        }

        return head.Position / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>The columns that the store reads, taken as bytes and thrown away.</summary>
    private static async Task<double> StreamAsync(GrownLog log, CancellationToken cancellation)
    {
        const string all = """
            select seq_id, id, tenant_id, stream_id, version, type, data, timestamp, headers, correlation_id, causation_id
            from mt_events order by seq_id
            """;
        var began = Stopwatch.GetTimestamp();
        await using var command = log.Database.Pools.Background.CreateCommand(all);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        long read = 0, bytes = 0;
        while (await rows.ReadAsync(cancellation))
        {
            bytes += rows.GetFieldValue<byte[]>(6).Length;
            read++;
        }

        return bytes == 0 ? 0 : read / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
