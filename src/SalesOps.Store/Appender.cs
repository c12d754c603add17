using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SalesOps.Store;

/// <summary>
/// Group commit: writes whatever appends have queued while the last batch committed as one transaction under the lock
/// of the log head. One runs per process, without a timer, so a lone caller waits for nobody.
/// </summary>
internal sealed class Appender : IAsyncDisposable
{
    private const int MaxAppends = 256;
    private const int MaxEvents = 1_000;
    private const long MaxBytes = 4 << 20;
    private const int MaxQueued = 4_096;
    private const long MaxQueuedBytes = 256 << 20;

    private static readonly TimeSpan readBackWithin = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource database;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Action appended;
    private readonly Channel<PendingAppend> queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true });
    private readonly List<PendingAppend> batch = new(MaxAppends);
    private AppendSession? session;
    private int writing;
    private long queuedBytes;
    private long epoch;

    /// <param name="appended">Called after each commit that moved the head; must be quick.</param>
    public Appender(DatabasePools pools, TimeProvider time, ILogger logger, Action appended)
    {
        database = pools.Appender;
        this.time = time;
        this.logger = logger;
        this.appended = appended;
    }

    /// <summary>Counts the broken connections: what was read in an earlier epoch may not be there any more.</summary>
    public long Epoch => Interlocked.Read(ref epoch);

    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pending = new PendingAppend(append, Epoch, cancellation);
        if (!pending.Storable)
        {
            return Task.FromResult<AppendOutcome>(AppendPlan.Unstorable());
        }

        if (Interlocked.Add(ref queuedBytes, pending.Bytes) > MaxQueuedBytes || !queue.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref queuedBytes, -pending.Bytes);
            return Task.FromResult<AppendOutcome>(new AppendOutcome.Unavailable("Too many appends are waiting."));
        }

        var outcome = pending.Outcome.WaitAsync(cancellation);
        // Whoever finds nobody writing does it, on its own thread as far as that goes: a lone caller waits for no other.
        if (Interlocked.CompareExchange(ref writing, 1, 0) == 0)
        {
            // What is written further on is other callers' too.
            using (ExecutionContext.SuppressFlow())
            {
                _ = RunAsync();
            }
        }

        return outcome;
    }

    /// <summary>Writes what has queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        while (Interlocked.CompareExchange(ref writing, 1, 0) != 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        await DropConnectionAsync();
    }

    /// <summary>Writes batch after batch for as long as anything waits. One runs at a time.</summary>
    private async Task RunAsync()
    {
        do
        {
            while (queue.Reader.TryPeek(out _))
            {
                Gather();
                var started = time.GetTimestamp();
                try
                {
                    await WriteAsync(batch);
                }
                catch (Exception bug) when (bug is not OutOfMemoryException)
                {
                    // A bug here must not leave callers waiting for ever, nor end appending for everybody.
                    AppenderLog.AppenderFailed(logger, bug);
                    await DropConnectionAsync();
                    batch.ForEach(pending => pending.Fail(bug));
                }

                StoreMeter.Batch(batch.Count, time.GetElapsedTime(started));
                var wereMany = batch.Count > 1;
                batch.Clear();
                if (wereMany)
                {
                    // Those who were just answered run now and may append again; else they would form two halves that
                    // wait for each other's commits.
                    await Task.Yield();
                }
            }

            Volatile.Write(ref writing, 0);
        }
        while (queue.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref writing, 1, 0) == 0);
    }

    /// <summary>Takes what waits, up to the limits; one that is over them by itself goes alone.</summary>
    private void Gather()
    {
        var events = 0;
        var bytes = 0L;
        while (batch.Count < MaxAppends && queue.Reader.TryPeek(out var next))
        {
            events += next.EventCount;
            bytes += next.Bytes;
            if (batch.Count > 0 && (events > MaxEvents || bytes > MaxBytes))
            {
                break;
            }

            queue.Reader.TryRead(out _);
            Interlocked.Add(ref queuedBytes, -next.Bytes);
            if (next.Cancellation.IsCancellationRequested)
            {
                continue;
            }

            if (next.Epoch == Epoch)
            {
                batch.Add(next);
            }
            else
            {
                next.Complete(new AppendOutcome.Unavailable("The database connection broke after this was decided."));
            }
        }
    }

    /// <summary>Writes a batch as one transaction and gives each append its outcome.</summary>
    /// <param name="isRepeat">Whether it has been lost once already.</param>
    private async Task WriteAsync(List<PendingAppend> batch, bool isRepeat = false)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            session ??= await AppendSession.OpenAsync(database);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            await AfterRefusalAsync(batch, failure);
            return;
        }

        if (!await TryAtOnceAsync(session, batch, isRepeat))
        {
            await ReadAndWriteAsync(session, batch, isRepeat);
        }
    }

    /// <summary>In one round trip; false where a stream is not where an append expects it, or not all is known.</summary>
    private async Task<bool> TryAtOnceAsync(AppendSession session, List<PendingAppend> batch, bool isRepeat)
    {
        if (AppendPlan.Assume(batch) is not { } plan)
        {
            return false;
        }

        var outcomes = new AppendOutcome?[batch.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = plan.Decide(batch[i]);
        }

        LogHead? start;
        try
        {
            start = await session.Command.ExecuteAsync(plan);
        }
        catch (PostgresException refusal) when (SqlStates.IsOfTheContent(refusal))
        {
            // Values are refused before versions are checked: what is due to each append shows in two round trips.
            return false;
        }
        catch (PostgresException refusal) when (SqlStates.IsCertainlyRolledBack(refusal))
        {
            await AfterRefusalAsync(batch, refusal);
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            await AfterLostCommitAsync(batch, outcomes, plan, failure, isRepeat);
            return true;
        }

        if (start is null)
        {
            return false;
        }

        Publish(batch, outcomes, start);
        if (plan.Events.Positions.Count > 0)
        {
            appended();
        }

        return true;
    }

    /// <summary>In two round trips: takes the head and reads, then decides each append and writes.</summary>
    private async Task ReadAndWriteAsync(AppendSession session, List<PendingAppend> batch, bool isRepeat)
    {
        AppendPlan plan;
        var outcomes = new AppendOutcome?[batch.Count];
        try
        {
            plan = await AppendStatements.TakeHeadAsync(session.Connection, batch);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            // Nothing has been written yet, so nothing can be committed.
            await AfterRefusalAsync(batch, failure);
            return;
        }

        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = Decide(plan, batch[i]);
        }

        try
        {
            await AppendStatements.CommitAsync(session.Connection, plan);
        }
        catch (PostgresException refusal) when (SqlStates.IsCertainlyRolledBack(refusal))
        {
            await AfterRefusalAsync(batch, refusal);
            return;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            await AfterLostCommitAsync(batch, outcomes, plan, failure, isRepeat);
            return;
        }

        Publish(batch, outcomes);
        if (plan.Events.Positions.Count > 0)
        {
            appended();
        }
    }

    private static AppendOutcome? Decide(AppendPlan plan, PendingAppend pending)
    {
        try
        {
            return plan.Decide(pending);
        }
#pragma warning disable CA1031 // The caller's answer callback may throw anything; it is the caller's to see.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            pending.Fail(failure);
            return null;
        }
    }

    /// <param name="start">Where an assumed plan turned out to begin.</param>
    private static void Publish(List<PendingAppend> batch, AppendOutcome?[] outcomes, LogHead? start = null)
    {
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is { } outcome)
            {
                batch[i].Complete(start is null ? outcome : AppendPlan.Settle(outcome, start));
            }
        }
    }

    /// <summary>
    /// The batch has certainly written nothing. If the cause may lie in one of its appends, they are run again one by
    /// one, so that only that one fails.
    /// </summary>
    private async Task AfterRefusalAsync(List<PendingAppend> batch, Exception failure)
    {
        if (!SqlStates.IsCertainlyRolledBack(failure) || session is null || !await session.TryRollBackAsync())
        {
            await DropConnectionAsync();
        }

        if (failure is PostgresException refusal && SqlStates.IsOfTheContent(refusal))
        {
            AppenderLog.BatchRefused(logger, refusal.SqlState, batch.Count);
            if (batch.Count == 1)
            {
                batch[0].Complete(new AppendOutcome.Refused(refusal.SqlState, refusal.MessageText));
                return;
            }

            foreach (var pending in batch)
            {
                await WriteAsync([pending]);
            }

            return;
        }

        AppenderLog.AppendsUnavailable(logger, failure, batch.Count);
        CompleteAll(batch, new AppendOutcome.Unavailable("The database could not be written to."));
    }

    /// <summary>
    /// The connection died while the commit was under way. Whoever holds the head's lock knows: the dead session has
    /// either committed or will never. One row tells for the whole batch, which is one transaction. A batch that is not
    /// there is written once more, with versions and keys checked again, unless the server was started since: then what
    /// its appends were decided on may be lost.
    /// </summary>
    private async Task AfterLostCommitAsync(
        List<PendingAppend> batch, AppendOutcome?[] outcomes, AppendPlan plan, Exception failure, bool isRepeat)
    {
        AppenderLog.CommitLost(logger, failure, batch.Count);
        var server = session!.ServerStarted;
        await DropConnectionAsync();
        var started = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause *= 2)
        {
            try
            {
                session = await AppendSession.OpenAsync(database);
                var start = await AppendStatements.FindCommittedAsync(session.Connection, plan);
                AppenderLog.CommitReadBack(logger, start is not null);
                if (start is not null)
                {
                    Publish(batch, outcomes, plan.Assumed is [] ? null : start);
                    appended();
                    return;
                }

                break;
            }
            catch (Exception again) when (again is NpgsqlException or IOException or TimeoutException)
            {
                await DropConnectionAsync();
                if (time.GetElapsedTime(started) + pause > readBackWithin)
                {
                    AppenderLog.OutcomeUnknown(logger, again, batch.Count);
                    CompleteAll(batch, new AppendOutcome.Unknown());
                    return;
                }
            }

            await Task.Delay(pause, time);
        }

        if (isRepeat || session.ServerStarted != server)
        {
            CompleteAll(batch, new AppendOutcome.Unavailable("The connection broke before the commit."));
        }
        else
        {
            await WriteAsync(batch, isRepeat: true);
        }
    }

    private static void CompleteAll(List<PendingAppend> batch, AppendOutcome outcome) =>
        batch.ForEach(pending => pending.Complete(outcome));

    private async Task DropConnectionAsync()
    {
        if (session is { } dropped)
        {
            session = null;
            Interlocked.Increment(ref epoch);
            await dropped.DisposeAsync();
        }
    }
}
