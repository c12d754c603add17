using System.Diagnostics;
using System.Globalization;
using System.Text;
using SalesOps.Store;

namespace SalesOps.Benchmarks;

/// <summary>
/// The events of an import, appended in chunks of many streams with their expected versions, beside raw multi-row inserts
/// of the same rows; in turns.
/// </summary>
internal static class ImportBench
{
    private const int ChunkSize = 500;
    private const int ChunksInSlice = 20;

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(cancellation);
        await using var raw = new RawLog(database, connections: 2);
        await raw.CreateAsync(cancellation);
        var history = new SalesHistory(options.Seed, options.Deals, Math.Max(2, options.Events / options.Deals));
        var chunks = history.Events().Chunk(ChunkSize).GetEnumerator();
        var (ours, theirs) = (new List<double>(), new List<double>());
        var began = Stopwatch.GetTimestamp();
        for (var round = 0; Stopwatch.GetElapsedTime(began).TotalSeconds < options.Seconds * 2 || round < 4; round++)
        {
            SalesHistory.Entry[][] slice = [.. Take(chunks, ChunksInSlice)];
            var (salesops, rows) = (await SalesopsAsync(database.Store, slice, cancellation), await RawAsync(raw, slice, cancellation));
            // The first round only warms up.
            if (round > 0)
            {
                ours.Add(salesops);
                theirs.Add(rows);
            }
        }

        chunks.Dispose();
        var ratio = Pace.Median(ours.Zip(theirs, (salesops, rows) => salesops / rows));
        new Figure("import", "salesops", ratio) { PerSecond = Pace.Median(ours) }.Print();
        new Figure("import", "raw-multirow", 1) { PerSecond = Pace.Median(theirs) }.Print();
    }

    private static IEnumerable<SalesHistory.Entry[]> Take(IEnumerator<SalesHistory.Entry[]> chunks, int count)
    {
        for (var i = 0; i < count && chunks.MoveNext(); i++)
        {
            yield return chunks.Current;
        }
    }

    private static async Task<double> SalesopsAsync(
        EventStore store, SalesHistory.Entry[][] slice, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var append in slice.SelectMany(chunk => SalesHistory.Appends(chunk, ChunkSize)))
        {
            if (await store.AppendAsync(append, cancellation) is not AppendOutcome.Appended)
            {
                throw new InvalidOperationException("A chunk was not appended.");
            }
        }

        return slice.Sum(chunk => chunk.Length) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> RawAsync(RawLog raw, SalesHistory.Entry[][] slice, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var chunk in slice)
        {
            RawEvent[] rows =
            [
                .. chunk.Select(entry => new RawEvent(
                    entry.Event.Id, entry.Stream, entry.Version - 1, entry.Event.Type, entry.Event.Data,
                    Headers(entry.Event.Headers), entry.Event.ClrType)),
            ];
            await raw.InsertAsync(rows, cancellation);
        }

        return slice.Sum(chunk => chunk.Length) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static byte[] Headers(EventHeaders headers) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"effectiveAt\":\"{headers.EffectiveAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\",\"actor\":\"{headers.Actor}\"}}"));
}
