using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SalesOps.Store;

/// <summary>
/// Keeps a projection's tables up with the log, each event exactly once: a page's rows and the checkpoint are one
/// transaction, and the checkpoint moves only from where this page begins. One process leads; others stand by. Tables
/// that an older version left are filled anew first; a newer version ends it.
/// </summary>
public sealed partial class Projector(
    DatabasePools pools, EventStore store, IProjection projection, Rebuilder rebuilder, TimeProvider time,
    ILogger<Projector> logger, int pageSize = 500)
{
    private static readonly TimeSpan pollingInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan standByInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan followerInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan longestBackOff = TimeSpan.FromSeconds(5);

    /// <summary>How far apart pages are under a steady load: else each would be as small as a commit, and as dear.</summary>
    private static readonly TimeSpan breath = TimeSpan.FromMilliseconds(20);

    /// <summary>The same while nobody waits for a page.</summary>
    private static readonly TimeSpan longBreath = TimeSpan.FromMilliseconds(200);

    private readonly Pulse progress = new();
    private readonly Pulse asked = new();
    private readonly Checkpoint checkpoint = new(projection);
    private readonly string name = new Checkpoint(projection).Name;
    private int asking;
    private ProjectionStatus status = new(new Checkpoint(projection).Name, 0, IsLeader: false, null, null);

    public ProjectionStatus Status => Volatile.Read(ref status);

    /// <summary>
    /// Leads or stands by until cancelled; returns only when an event fails or a newer version takes the tables, which the
    /// status then names.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var backOff = TimeSpan.Zero;
        while (true)
        {
            var before = Status.Position;
            try
            {
                await LeadOrStandByAsync(cancellation);
                backOff = TimeSpan.Zero;
            }
            catch (ProjectionFailedException failed)
            {
                Stopped(logger, failed, name, failed.Failure.Position);
                return;
            }
            catch (ProjectionSupersededException newer)
            {
                Update(current => current with { SupersededBy = newer.Version });
                Superseded(logger, name, newer.Version);
                return;
            }
            catch (Exception trouble) when (SqlStates.IsDatabaseTrouble(trouble))
            {
                backOff = Status.Position > before ? TimeSpan.Zero : backOff;
                backOff = Min(backOff * 2 + TimeSpan.FromMilliseconds(100), longestBackOff);
                Interrupted(logger, trouble, name, backOff);
                await Task.Delay(backOff, time, cancellation);
            }
            finally
            {
                Update(current => current with { IsLeader = false });
            }
        }
    }

    /// <summary>Brings the tables to the head found on arrival; safe beside a running leader.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        var head = await store.HeadAsync(cancellation);
        while (!await TryOwnTablesAsync(cancellation))
        {
            await Task.Delay(standByInterval, time, cancellation);
        }

        while (await PositionAsync(cancellation) is var position && position < head.Position)
        {
            await ApplyUpToAsync(position, head.Position, cancellation);
        }
    }

    /// <summary>The checkpoint as it is in the database; 0 while the tables are another version's.</summary>
    public async Task<long> PositionAsync(CancellationToken cancellation)
    {
        var position = await checkpoint.PositionAsync(pools.Background, cancellation) ?? 0;
        Seen(position);
        return position;
    }

    /// <summary>Waits until the tables have passed a position; false when the time is over.</summary>
    public async Task<bool> WaitForAsync(long position, TimeSpan atMost, CancellationToken cancellation)
    {
        if (Status.Position >= position)
        {
            return true;
        }

        Interlocked.Increment(ref asking);
        try
        {
            asked.Beat();
            return await AwaitAsync(position, atMost, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref asking);
        }
    }

    private async Task<bool> AwaitAsync(long position, TimeSpan atMost, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var next = progress.Next;
            if (Status.Position >= position || await PositionAsync(cancellation) >= position)
            {
                return true;
            }

            var left = atMost - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            // Another process may lead; then only the database tells.
            await store.WaitAsync(next, Status.IsLeader ? left : Min(left, followerInterval), cancellation);
        }
    }

    /// <summary>
    /// Opens one snapshot of the tables together with the checkpoint they are at; null while they are another version's.
    /// The tables are locked before the snapshot is taken: a rebuild can't swap them in between and show it empty ones.
    /// </summary>
    [SuppressMessage("Security", "CA2100", Justification = "The tables' names are constants of the projection.")]
    public async Task<ProjectionSnapshot?> OpenSnapshotAsync(CancellationToken cancellation)
    {
        var connection = await pools.Web.OpenConnectionAsync(cancellation);
        try
        {
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new("begin isolation level repeatable read read only"),
                    new($"lock table {string.Join(", ", projection.Tables)} in access share mode"),
                    checkpoint.Read(),
                },
            };
            await using var row = await batch.ExecuteReaderAsync(cancellation);
            await row.ReadAsync(cancellation);
            if (row.IsDBNull(0))
            {
                await row.DisposeAsync();
                await connection.DisposeAsync();
                return null;
            }

            var head = new LogHead(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1));
            Seen(head.Position);
            return new ProjectionSnapshot(connection, head);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task LeadOrStandByAsync(CancellationToken cancellation)
    {
        await using var leader = await LeaderLock.TryTakeAsync(pools, $"projection {name}", cancellation);
        if (leader is null)
        {
            await PositionAsync(cancellation);
            await EndIfSupersededAsync(cancellation);
            await Task.Delay(standByInterval, time, cancellation);
            return;
        }

        Update(current => current with { IsLeader = true });
        Leads(logger, name);
        if (!await TryOwnTablesAsync(cancellation))
        {
            await Task.Delay(standByInterval, time, cancellation);
            return;
        }

        var applied = long.MinValue / 2;
        while (true)
        {
            var next = store.NextMove;
            var head = await store.HeadAsync(cancellation);
            if (await checkpoint.PositionAsync(pools.Background, cancellation) is not { } position)
            {
                // Another version has the tables; begin again as if this process had just started.
                return;
            }

            Seen(position);
            if (position < head.Position)
            {
                await BreatheAsync(time.GetElapsedTime(applied), cancellation);
                applied = time.GetTimestamp();
                await ApplyUpToAsync(position, (await store.HeadAsync(cancellation)).Position, cancellation);
            }
            else
            {
                await leader.ConfirmAsync(cancellation);
                await store.WaitAsync(next, pollingInterval, cancellation);
            }
        }
    }

    /// <summary>Lets more gather, unless the last page is long ago or somebody waits.</summary>
    private async Task BreatheAsync(TimeSpan since, CancellationToken cancellation)
    {
        var call = asked.Next;
        if (Volatile.Read(ref asking) == 0 && since < longBreath)
        {
            await store.WaitAsync(call, longBreath - since, cancellation);
        }
        else if (since < breath)
        {
            await Task.Delay(breath - since, time, cancellation);
        }
    }

    /// <summary>
    /// Fills tables that an older version left anew, beside them; until then nobody reads or writes them under this
    /// version's name. False while another process does so.
    /// </summary>
    private async Task<bool> TryOwnTablesAsync(CancellationToken cancellation)
    {
        if (await EndIfSupersededAsync(cancellation) is var owner && owner == projection.Version)
        {
            return true;
        }

        FillsAnew(logger, name, owner);
        try
        {
            return await rebuilder.TryRebuildAsync(projection, cancellation) is not null;
        }
        catch (Exception cause) when (!SqlStates.IsDatabaseTrouble(cause) && cause is not OperationCanceledException)
        {
            var failure = new ProjectionFailure(0, "rebuild", cause.Message);
            Update(current => current with { Failure = failure });
            throw new ProjectionFailedException(name, failure, cause);
        }
    }

    /// <summary>Gives the version that the tables belong to, which is none newer than this.</summary>
    private async Task<int> EndIfSupersededAsync(CancellationToken cancellation) =>
        await checkpoint.ClaimAsync(pools.Background, cancellation) is var owner && owner <= projection.Version
            ? owner
            : throw new ProjectionSupersededException(projection.Name, owner);

    /// <summary>Applies pages until the given head, or until another process is found to have moved the checkpoint.</summary>
    private async Task ApplyUpToAsync(long after, long head, CancellationToken cancellation)
    {
        await foreach (var page in store.ReadLogAsync(after, head, pageSize, cancellation))
        {
            try
            {
                if (!await TryApplyAsync(page, cancellation))
                {
                    return;
                }
            }
            catch (Exception failure) when (!SqlStates.IsDatabaseTrouble(failure)
                && failure is not OperationCanceledException)
            {
                await ApplyOneByOneAsync(page, cancellation);
            }
        }
    }

    /// <summary>False where the checkpoint is not where the page begins: somebody else was there first.</summary>
    private async Task<bool> TryApplyAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation)
    {
        await using var connection = await pools.Background.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // The checkpoint's row lock comes first: of two who hold the same page, the second waits here and then sees.
        if (!await checkpoint.TryMoveAsync(connection, page[0].Position - 1, page[^1].Position, cancellation))
        {
            return false;
        }

        await projection.ApplyAsync(page, string.Empty, connection, cancellation);
        await transaction.CommitAsync(cancellation);
        Seen(page[^1].Position);
        return true;
    }

    /// <summary>After a page failed: applies its appends one by one, so that what stops is as little as can be, and named.</summary>
    private async Task ApplyOneByOneAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation)
    {
        foreach (var append in page.GroupBy(recorded => recorded.RecordedAt).Select(group => group.ToList()))
        {
            try
            {
                if (!await TryApplyAsync(append, cancellation))
                {
                    return;
                }
            }
            catch (Exception cause) when (!SqlStates.IsDatabaseTrouble(cause) && cause is not OperationCanceledException)
            {
                var culprit = append[await FailingIndexAsync(append, cancellation)];
                var failure = new ProjectionFailure(culprit.Position, culprit.Type, cause.Message);
                Update(current => current with { Failure = failure });
                throw new ProjectionFailedException(name, failure, cause);
            }
        }
    }

    /// <summary>The shortest beginning of an append that fails ends with the event that fails it. Nothing is kept.</summary>
    private async Task<int> FailingIndexAsync(List<RecordedEvent> append, CancellationToken cancellation)
    {
        var (passes, fails) = (0, append.Count);
        while (fails - passes > 1)
        {
            var middle = (passes + fails) / 2;
            await using var connection = await pools.Background.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            try
            {
                await projection.ApplyAsync(append[..middle], string.Empty, connection, cancellation);
                passes = middle;
            }
            catch (Exception cause) when (!SqlStates.IsDatabaseTrouble(cause) && cause is not OperationCanceledException)
            {
                fails = middle;
            }
        }

        return fails - 1;
    }

    private void Seen(long position)
    {
        if (position > Status.Position)
        {
            Update(current => current with { Position = position, AdvancedAt = time.GetUtcNow() });
            progress.Beat();
        }
    }

    private void Update(Func<ProjectionStatus, ProjectionStatus> change)
    {
        ProjectionStatus before;
        do
        {
            before = Status;
        }
        while (Interlocked.CompareExchange(ref status, change(before), before) != before);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(Level = LogLevel.Information, Message = "Leads projection {Projection}")]
    private static partial void Leads(ILogger logger, string projection);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Projection {Projection} was interrupted; tries again in {Delay}")]
    private static partial void Interrupted(ILogger logger, Exception trouble, string projection, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Information, Message = "Projection {Projection} fills the tables of version {Older} anew")]
    private static partial void FillsAnew(ILogger logger, string projection, int older);

    [LoggerMessage(Level = LogLevel.Error, Message = "Projection {Projection} has stopped: its tables are those of version {Newer}")]
    private static partial void Superseded(ILogger logger, string projection, int newer);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Projection {Projection} has stopped at position {Position}")]
    private static partial void Stopped(ILogger logger, Exception failure, string projection, long position);
}
