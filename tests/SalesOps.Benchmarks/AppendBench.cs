using System.Globalization;
using System.Text;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Store;

namespace SalesOps.Benchmarks;

/// <summary>
/// Commands that append one event to a stream, each with the version it expects: by the store, by one raw transaction
/// or one raw statement each, and the rows by raw multi-row inserts. The cases take turns in slices, so that all see the same machine.
/// </summary>
internal static class AppendBench
{
    private const int Slices = 5;
    private const int RowsAtOnce = 500;
    private const int StreamsPerCaller = 200;

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(cancellation);
        await using var raw = new RawLog(database, connections: 48);
        await raw.CreateAsync(cancellation);
        var slice = TimeSpan.FromSeconds((double)options.Seconds / Slices);
        foreach (var callers in (int[])[1, 8, 32, 128])
        {
            Progress.Say($"append: {callers} callers");
            var cases = new (string Name, Func<int, Task<int>> Once)[]
            {
                ("salesops", Salesops(database.Store, new(options.Seed, "ours", callers), cancellation)),
                ("raw-transaction", Raw(raw.TransactAsync, new(options.Seed, "raw", callers), cancellation)),
                ("raw-statement", Raw(raw.AppendAsync, new(options.Seed, "single", callers), cancellation)),
                ("raw-multirow", RawMultirow(raw, new(options.Seed, "rows", callers), cancellation)),
            };
            var paces = cases.Select(_ => new List<Pace>()).ToArray();
            // The first round only warms up.
            for (var round = 0; round <= Slices; round++)
            {
                foreach (var (index, (name, once)) in cases.Index())
                {
                    var pace = await Pace.OfAsync(name == "raw-multirow" ? 1 : callers, slice, once);
                    if (round > 0)
                    {
                        paces[index].Add(pace);
                    }
                }
            }

            var medians = paces.Select(Pace.Median).ToArray();
            foreach (var (index, (name, _)) in cases.Index())
            {
                new Figure("append", name, medians[index].PerSecond / medians[1].PerSecond)
                {
                    Callers = callers,
                    PerSecond = medians[index].PerSecond,
                    P50Ms = medians[index].P50Ms,
                    P99Ms = medians[index].P99Ms,
                }.Print();
            }
        }
    }

    private static Func<int, Task<int>> Salesops(EventStore store, Writers writers, CancellationToken cancellation) =>
        async caller =>
        {
            var next = writers.Next(caller);
            var @event = new NewEvent(next.Id, next.Type, next.Data, writers.Headers, next.ClrType);
            var outcome = await store.AppendAsync(
                new(BenchDatabase.Tenant, [new(next.Stream, next.Expected, [@event])]), cancellation);
            return outcome is AppendOutcome.Appended
                ? 1
                : throw new InvalidOperationException($"An append came to {outcome}.");
        };

    private static Func<int, Task<int>> Raw(
        Func<RawEvent, CancellationToken, Task<bool>> appendAsync, Writers writers, CancellationToken cancellation) =>
        async caller => await appendAsync(writers.Next(caller), cancellation)
            ? 1
            : throw new InvalidOperationException("A raw append met another version.");

    private static Func<int, Task<int>> RawMultirow(RawLog raw, Writers writers, CancellationToken cancellation) =>
        async caller =>
        {
            RawEvent[] rows = [.. Enumerable.Range(0, RowsAtOnce).Select(_ => writers.Next(caller))];
            await raw.InsertAsync(rows, cancellation);
            return rows.Length;
        };

    /// <summary>What each caller writes next: to a stream of its own, which is new now and then.</summary>
    private sealed class Writers(int seed, string name, int callers)
    {
        private static readonly DateTimeOffset at = new(2026, 3, 31, 9, 0, 0, TimeSpan.Zero);

        private readonly (Random Random, string[] Streams, long[] Versions)[] writers =
        [
            .. Enumerable.Range(0, callers).Select(caller => (
                new Random((seed * 1_000) + caller),
                Enumerable.Range(0, StreamsPerCaller).Select(stream => Name(name, callers, caller, stream)).ToArray(),
                new long[StreamsPerCaller])),
        ];

        private long made;

        public EventHeaders Headers { get; } = new() { EffectiveAt = at, Actor = "bench" };

        public RawEvent Next(int caller)
        {
            var (random, streams, versions) = writers[caller];
            var stream = random.Next(StreamsPerCaller);
            if (versions[stream] > 0 && random.Next(10) == 0)
            {
                var generation = Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture);
                streams[stream] = Name(name, callers, caller, stream) + generation;
                versions[stream] = 0;
            }

            var @event = new DealEvent.StageChanged(new StageKey(random.Next(2) == 0 ? "engaging" : "negotiating"));
            return new(
                Guid.CreateVersion7(at.AddMilliseconds(Interlocked.Increment(ref made))), streams[stream], versions[stream]++,
                EventCatalog.NameOf(@event), EventCatalog.Encode(@event), HeaderBytes(), typeof(DealEvent.StageChanged).FullName);
        }

        private static string Name(string name, int callers, int caller, int stream) =>
            string.Create(CultureInfo.InvariantCulture, $"deal/{name}-{callers}-{caller}-{stream}-");

        /// <summary>What the store makes of the headers; made for each event as it does.</summary>
        private static byte[] HeaderBytes() => Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"effectiveAt\":\"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\",\"actor\":\"bench\"}}"));
    }
}
