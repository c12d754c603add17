using System.Diagnostics;
using System.Globalization;

namespace SalesOps.Benchmarks;

/// <summary>
/// Questions about the generated history over HTTP, one after the other; then the same over a history twice as long, where
/// the ratio is to the first.
/// </summary>
internal static class QueryBench
{
    private const int WarmUps = 10;
    private const int MaxQuestions = 200;

    private static readonly DateTimeOffset[] dates =
        [.. Enumerable.Range(5, 8).Select(month => SalesHistory.Start.AddMonths(month).AddDays(13))];

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var log = await GrownLog.CreateAsync(options, cancellation);
        await log.GrowAsync(options.Events, cancellation);
        var half = await log.Database.Store.HeadAsync(cancellation);
        // What was known before the last tenth was recorded.
        var before = await RecordedAtAsync(log, half.Position * 9 / 10, cancellation);
        var first = await AskAllAsync(log, options, before, suffix: "", first: null, cancellation);
        await log.GrowAsync(options.Events, cancellation);
        await AskAllAsync(log, options, before, suffix: "-double", first, cancellation);
    }

    private static async Task<Pace[]> AskAllAsync(
        GrownLog log, BenchOptions options, DateTimeOffset before, string suffix, Pace[]? first, CancellationToken cancellation)
    {
        await using var server = await log.StartServerAsync(cancellation);
        using var client = new HttpClient { BaseAddress = server.Address };
        var known = before.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var cases = new (string Name, Func<string, string> Path)[]
        {
            ("pipeline", date => $"/v1/pipeline?asOf={date}"),
            ("pipeline-by-manager", date => $"/v1/pipeline?asOf={date}&groupBy=manager"),
            ("pipeline-known-before", date => $"/v1/pipeline?asOf={date}&knownAt={known}"),
            ("win-rate", date => $"/v1/metrics/win-rate?{Quarter(date)}&groupBy=month"),
            ("bookings", date => $"/v1/metrics/bookings?{Quarter(date)}&groupBy=owner"),
            ("cycle", date => $"/v1/metrics/cycle?{Quarter(date)}&groupBy=month"),
            ("waterfall", date => $"/v1/pipeline/waterfall?{Quarter(date)}"),
            ("waterfall-of-a-team", date => $"/v1/pipeline/waterfall?{Quarter(date)}&team=Team%203"),
            ("waterfall-in-a-window", date => $"/v1/pipeline/waterfall?{Quarter(date)}&closeTo={date}"),
            ("win-rate-by-owner", date => $"/v1/metrics/win-rate?to={date}&groupBy=owner"),
            ("win-rate-by-quarter", date => $"/v1/metrics/win-rate?to={date}&groupBy=quarter"),
            ("conversion", date => $"/v1/metrics/conversion?{Quarter(date)}"),
            ("snapshots-of-a-year", date => $"/v1/pipeline/snapshots?{Year(date)}&groupBy=stage"),
        };
        var paces = new Pace[cases.Length];
        foreach (var (index, (name, path)) in cases.Index())
        {
            paces[index] = await AskAsync(client, path, options, MaxQuestions, cancellation);
            new Figure("query", name + suffix, first is null ? null : paces[index].P50Ms / first[index].P50Ms)
            {
                Callers = 1,
                PerSecond = paces[index].PerSecond,
                P50Ms = paces[index].P50Ms,
                P99Ms = paces[index].P99Ms,
            }.Print();
        }

        return paces;
    }

    /// <summary>Asks so many questions at most, after some to warm up.</summary>
    internal static async Task<Pace> AskAsync(
        HttpClient client, Func<string, string> path, BenchOptions options, int questionsMax, CancellationToken cancellation)
    {
        var asked = 0;
        await AskSomeAsync(TimeSpan.FromSeconds(options.Seconds / 3d), Math.Min(WarmUps, questionsMax));
        return await AskSomeAsync(TimeSpan.FromSeconds(options.Seconds), questionsMax);

        async Task<Pace> AskSomeAsync(TimeSpan atMost, int questions)
        {
            var (began, latencies) = (Stopwatch.GetTimestamp(), new List<double>());
            while (latencies.Count < questions && Stopwatch.GetElapsedTime(began) < atMost)
            {
                var date = dates[asked++ % dates.Length].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                var asking = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync(new Uri(path(date), UriKind.Relative), cancellation);
                var text = await answer.Content.ReadAsStringAsync(cancellation);
                latencies.Add(Stopwatch.GetElapsedTime(asking).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode)
                {
                    throw new InvalidOperationException(text);
                }
            }

            return Pace.Of(latencies, Stopwatch.GetElapsedTime(began), latencies.Count);
        }
    }

    private static string Quarter(string until) => string.Create(
        CultureInfo.InvariantCulture,
        $"from={DateOnly.Parse(until, CultureInfo.InvariantCulture).AddDays(-90):yyyy-MM-dd}&to={until}");

    private static string Year(string until) => string.Create(
        CultureInfo.InvariantCulture,
        $"from={DateOnly.Parse(until, CultureInfo.InvariantCulture).AddDays(-365):yyyy-MM-dd}&to={until}");

    private static async Task<DateTimeOffset> RecordedAtAsync(GrownLog log, long position, CancellationToken cancellation)
    {
        await using var command = log.Database.Pools.Background.CreateCommand(
            string.Create(CultureInfo.InvariantCulture, $"select timestamp from mt_events where seq_id = {position}"));
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellation))!);
    }
}
