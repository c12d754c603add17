using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>How far pay is posted; reads of the ledger wait a little for what was recorded before them.</summary>
internal sealed class LedgerProgress(
    EventStore store, DatabasePools pools, FactReads reads, Projector projector, TimeProvider time)
{
    /// <summary>How long a read waits for postings that are under way.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>The position up to which every event was seen to.</summary>
    public async Task<long> PositionAsync(CancellationToken cancellation)
    {
        await using var command = pools.Web.CreateCommand("select last_seq_id from mt_event_progression where name = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = CompensationReactor.ProgressName });
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    /// <summary>Waits until everything up to a position is posted; false when the time is over.</summary>
    public async Task<bool> WaitForAsync(long position, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (await PositionAsync(cancellation) < position)
        {
            if (time.GetElapsedTime(started) >= LongestWait)
            {
                return false;
            }

            await Task.Delay(LookAgain, CancellationToken.None);
        }

        return true;
    }

    /// <summary>
    /// Reads the ledger once what was recorded before is posted. By an earlier knowledge there is nothing to wait for; with
    /// a position named, what is not posted by then is answered by a problem.
    /// </summary>
    public async Task<IResult> ReadAsync(
        ReadAt at, Caller caller, Func<FactReader, AsOfView, Task<IResult>> read, CancellationToken cancellation)
    {
        if (at.KnownAt is null)
        {
            var position = at.MinPosition ?? (await store.HeadAsync(cancellation)).Position;
            if (!await WaitForAsync(position, cancellation) && at.MinPosition is not null)
            {
                return Problem.NotCaughtUp(position, await PositionAsync(cancellation));
            }

            // What was posted for it stands behind it in the log, and has to be in the read tables too.
            var posted = (await store.HeadAsync(cancellation)).Position;
            if (!await projector.WaitForAsync(posted, LongestWait, cancellation) && at.MinPosition is not null)
            {
                return Problem.NotCaughtUp(posted, projector.Status.Position);
            }
        }

        return await reads.ReadAsync(at, caller, read, cancellation);
    }
}
