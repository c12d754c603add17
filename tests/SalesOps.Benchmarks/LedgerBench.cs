using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SalesOps.Api.Facts;
using SalesOps.Api.Hosting;
using SalesOps.Api.Ledger;
using SalesOps.Store;

namespace SalesOps.Benchmarks;

/// <summary>What the ledger takes: to reckon and post a year of everybody's pay, and to read a statement.</summary>
internal static class LedgerBench
{
    private const int DealsPerMonth = 100;
    private const int Questions = 400;
    private const int LinesOfADeal = 2;
    private const int Months = 12;
    private const int JournalDeals = 42;

    /// <summary>
    /// The pay of a whole year is reckoned from the streams and posted, since everybody is assigned a plan; then the read
    /// tables take in what was posted. One rep to a hundred of <c>--deals</c>.
    /// </summary>
    public static async Task RecalculateAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(cancellation);
        var history = new LedgerHistory(options.Seed, Math.Max(1, options.Deals / DealsPerMonth), DealsPerMonth);
        await history.WriteDealsAsync(database.Store, cancellation);
        await FillAsync(database, cancellation);
        await history.AssignAsync(database.Store, cancellation);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSalesOps(builder.Configuration, database.ConnectionString);
        await using var program = builder.Build();
        await PassAsync(database, cancellation);
        var projector = program.Services.GetRequiredService<Projector>();
        await projector.CatchUpAsync(cancellation);
        var reactor = new Reactor(
            program.Services.GetRequiredService<DatabasePools>(), program.Services.GetRequiredService<EventStore>(),
            program.Services.GetServices<IReactor>().Single(each => each.Name == CompensationReactor.ProgressName),
            TimeProvider.System, NullLogger<Reactor>.Instance);

        await MeasureAsync("posted", history.Credits, () => reactor.CatchUpAsync(cancellation));
        await MeasureAsync("projected", history.Credits, () => projector.CatchUpAsync(cancellation));
        await AssertPostedAsync(database, history.Credits, cancellation);
    }

    /// <summary>A million lines of a thousand reps, and their statements over HTTP, one after the other.</summary>
    public static async Task StatementAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(cancellation);
        var reps = Math.Max(1, options.Events / (Months * JournalDeals * LinesOfADeal));
        var history = new LedgerHistory(options.Seed, reps, JournalDeals);
        await history.WriteJournalsAsync(database.Store, cancellation);
        await FillAsync(database, cancellation);
        await PassAsync(database, cancellation);
        await using var server = await ServerProcess.StartProductAsync(database.ConnectionString, cancellation);
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var (name, period) in new (string, Func<int, string>)[]
        {
            ("month", LedgerHistory.MonthOf), ("quarter", number => $"2025-Q{(number % 4) + 1}"), ("year", _ => "2025"),
        })
        {
            var asked = 0;
            string Path(string date) => string.Create(
                CultureInfo.InvariantCulture, $"/v1/reps/{history.RepId(asked * 37)}/statements/{period(asked++)}");
            var pace = await QueryBench.AskAsync(client, Path, options, Questions, cancellation);
            new Figure("statement", name)
            {
                Callers = 1,
                PerSecond = pace.PerSecond,
                P50Ms = pace.P50Ms,
                P99Ms = pace.P99Ms,
                PeakMiB = server.PeakMiB,
            }.Print();
        }
    }

    private static async Task MeasureAsync(string name, int credits, Func<Task> run)
    {
        var (peak, began, busy) = (new PeakMemory(), Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await run();
        var elapsed = Stopwatch.GetElapsedTime(began);
        Progress.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {credits} credits in {elapsed.TotalSeconds:F1} s, {(Environment.CpuUsage.TotalTime - busy).TotalSeconds:F1} s of the processor"));
        new Figure("recalculate", name) { PerSecond = credits / elapsed.TotalSeconds, PeakMiB = await peak.StopAsync() }.Print();
    }

    private static async Task FillAsync(BenchDatabase database, CancellationToken cancellation)
    {
        var rebuilder = new Rebuilder(database.Pools, database.Store, TimeProvider.System, NullLogger<Rebuilder>.Instance);
        await rebuilder.RebuildAsync(new FactsProjection(database.Store), cancellation);
        await database.ExecuteAsync("vacuum analyze", cancellation);
    }

    /// <summary>What was there before the assignments has paid nobody: the calculation begins behind it.</summary>
    private static Task PassAsync(BenchDatabase database, CancellationToken cancellation) => database.ExecuteAsync(
        $"""
        insert into mt_event_progression (name, last_seq_id)
        select '{CompensationReactor.ProgressName}', coalesce(min(seq_id) - 1, (select max(seq_id) from mt_events))
        from mt_events where starts_with(stream_id, 'rep-plan/')
        """,
        cancellation);

    private static async Task AssertPostedAsync(BenchDatabase database, int credits, CancellationToken cancellation)
    {
        await using var command = database.Pools.Background.CreateCommand(
            "select count(*) from ledger_entries where account = 'payableDue'");
        if (await command.ExecuteScalarAsync(cancellation) is not long due || due != credits)
        {
            throw new InvalidOperationException("Not every credit was posted.");
        }
    }
}
