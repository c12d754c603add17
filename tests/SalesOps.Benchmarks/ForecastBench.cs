using System.Globalization;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;
using SalesOps.Store;

namespace SalesOps.Benchmarks;

/// <summary>
/// Forecast accuracy by rep over the generated history, with a submission for each rep and month; then a model replayed
/// over a year of weeks.
/// </summary>
internal static class ForecastBench
{
    private const int Reps = 350;
    private const int Months = 12;

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var log = await GrownLog.CreateAsync(options, cancellation);
        await log.GrowAsync(options.Events, cancellation);
        foreach (var append in Submissions(options.Seed).Chunk(500))
        {
            if (await log.Database.Store.AppendAsync(new(BenchDatabase.Tenant, append), cancellation) is not AppendOutcome.Appended)
            {
                throw new InvalidOperationException("The submissions were not appended.");
            }
        }

        await using var server = await log.StartServerAsync(cancellation);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(2) };
        const string year = "from=2023-01-01&to=2024-01-01";
        foreach (var (name, path, questions) in new[]
        {
            ("accuracy-by-rep", $"/v1/forecasts/accuracy?{year}&by=rep&asOf=2024-02-01", 100),
            ("accuracy-by-manager", $"/v1/forecasts/accuracy?{year}&by=manager&asOf=2024-02-01", 100),
            ("roll-up", "/v1/forecasts/2023-06?asOf=2023-06-15", 100),
            ("models", "/v1/forecasts/2023-Q4/models?asOf=2023-11-15", 2),
            ("backtest-year", $"/v1/forecasts/backtest?{year}&model=closedPlusWeighted&step=week&asOf=2024-02-01", 2),
        })
        {
            var pace = await QueryBench.AskAsync(client, _ => path, options, questions, cancellation);
            new Figure("forecast", name, null)
            {
                Callers = 1,
                PerSecond = pace.PerSecond,
                P50Ms = pace.P50Ms,
                P99Ms = pace.P99Ms,
            }.Print();
        }
    }

    private static IEnumerable<StreamWrite> Submissions(int seed)
    {
        var random = new Random(seed);
        for (var month = 0; month < Months; month++)
        {
            var at = SalesHistory.Start.AddMonths(month);
            var period = Period.MonthOf(DateOnly.FromDateTime(at.UtcDateTime)).MonthKey;
            for (var rep = 0; rep < Reps; rep++)
            {
                var owner = new RepId(string.Create(CultureInfo.InvariantCulture, $"r{rep}"));
                yield return new($"forecast/{ForecastStream.NameOf(owner, period)}", 0,
                [
                    EventEncoding.ToNewEvent(
                        new ForecastEvent.Submitted(ForecastCategory.Commit, new(random.Next(1_000, 300_000), "USD")),
                        Guid.CreateVersion7(at), new EventHeaders { EffectiveAt = at, Actor = "bench" }),
                ]);
            }
        }
    }
}
