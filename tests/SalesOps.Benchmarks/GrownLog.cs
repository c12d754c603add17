using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SalesOps.Api.Facts;
using SalesOps.Store;

namespace SalesOps.Benchmarks;

/// <summary>A database with a generated history in its log, which can be made longer.</summary>
internal sealed class GrownLog : IAsyncDisposable
{
    private const int AppendSize = 500;
    private const int AtOnce = 4;

    private readonly IEnumerator<SalesHistory.Entry> history;

    private GrownLog(BenchDatabase database, BenchOptions options)
    {
        Database = database;
        history = new SalesHistory(options.Seed, options.Deals, Math.Max(2, options.Events / options.Deals)).Events().GetEnumerator();
    }

    public BenchDatabase Database { get; }

    public static async Task<GrownLog> CreateAsync(BenchOptions options, CancellationToken cancellation) =>
        new(await BenchDatabase.CreateAsync(cancellation), options);

    /// <summary>Appends so many more events.</summary>
    public async Task GrowAsync(int events, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var waiting = new Queue<Task<AppendOutcome>>();
        foreach (var append in SalesHistory.Appends(Next(events), AppendSize))
        {
            waiting.Enqueue(Database.Store.AppendAsync(append, cancellation));
            if (waiting.Count == AtOnce)
            {
                await AppendedAsync(waiting.Dequeue());
            }
        }

        while (waiting.TryDequeue(out var last))
        {
            await AppendedAsync(last);
        }

        await Database.ExecuteAsync("vacuum analyze", cancellation);
        Progress.Say($"grown by {events} events in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s");
    }

    /// <summary>Fills the facts anew; gives the events a second.</summary>
    public async Task<double> RebuildFactsAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var rebuilder = new Rebuilder(Database.Pools, Database.Store, TimeProvider.System, NullLogger<Rebuilder>.Instance);
        var events = await rebuilder.RebuildAsync(new FactsProjection(Database.Store), cancellation);
        return events / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>A server with new facts whose followers of the log have all kept up, as they have where it has run all along.</summary>
    public async Task<ServerProcess> StartServerAsync(CancellationToken cancellation)
    {
        const string keepUp = """
            insert into mt_event_progression (name, last_seq_id)
            select name, last_seq from log_head, unnest('{notary:1,contract-clock:1,compensation:1,period-seal:1}'::text[]) name
            on conflict (name) do update set last_seq_id = excluded.last_seq_id
            """;
        await RebuildFactsAsync(cancellation);
        await Database.ExecuteAsync(keepUp, cancellation);
        await Database.ExecuteAsync("vacuum analyze", cancellation);
        return await ServerProcess.StartProductAsync(Database.ConnectionString, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        history.Dispose();
        await Database.DisposeAsync();
    }

    private IEnumerable<SalesHistory.Entry> Next(int events)
    {
        for (var i = 0; i < events && history.MoveNext(); i++)
        {
            yield return history.Current;
        }
    }

    private static async Task AppendedAsync(Task<AppendOutcome> append)
    {
        if (await append is not AppendOutcome.Appended)
        {
            throw new InvalidOperationException($"An append of the history came to {await append}.");
        }
    }
}
