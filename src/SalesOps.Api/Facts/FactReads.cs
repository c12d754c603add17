using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>
/// Answers reads of facts by one snapshot, and names what it answered by. Asked again with the same two times it gives
/// the same bytes, however far the log and the projection have come since.
/// </summary>
internal sealed class FactReads(EventStore store, Projector projector)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>How long a read waits for what was recorded before it, unasked; usually the facts need a tenth of it.</summary>
    private static readonly TimeSpan CourtesyWait = TimeSpan.FromMilliseconds(200);

    /// <summary>The answer, or the problem that there is none yet.</summary>
    public async Task<IResult> ReadAsync(
        ReadAt at, Caller caller, Func<FactReader, AsOfView, Task<IResult>> read, CancellationToken cancellation)
    {
        LogHead? known = null;
        var awaited = at.MinPosition ?? 0;
        if (at.KnownAt is { } knownAt)
        {
            // All that is there on arrival must be in the tables, for what is recorded up to then may be any of it.
            var head = await store.HeadAsync(cancellation);
            // Times rise from append to append: up to the last one nothing comes any more, whatever the clock says.
            known = knownAt <= head.RecordedAt
                ? await store.HeadAtAsync(knownAt, cancellation)
                : await store.SettledHeadAsync(knownAt, cancellation);
            if (known is null)
            {
                return KnownBy.InFuture();
            }

            awaited = Math.Max(awaited, Math.Max(head.Position, known.Position));
        }

        if (awaited == 0)
        {
            // Who has just written and then reads should see it; who must, says so by minPosition.
            var head = await store.HeadAsync(cancellation);
            await projector.WaitForAsync(head.Position, CourtesyWait, cancellation);
        }
        else if (!await projector.WaitForAsync(awaited, LongestWait, cancellation))
        {
            return Problem.NotCaughtUp(awaited, projector.Status.Position);
        }

        await using var snapshot = await projector.OpenSnapshotAsync(cancellation);
        if (snapshot is null)
        {
            // The tables are another version's: this program fills them anew, or a newer one has.
            return Problem.NotCaughtUp((await store.HeadAsync(cancellation)).Position, 0);
        }

        var recordedBy = at.KnownAt ?? snapshot.Checkpoint.RecordedAt;
        var isLatest = !(at.KnownAt < snapshot.Checkpoint.RecordedAt);
        var reader = new FactReader(
            snapshot.Connection, caller.Tenant, recordedBy ?? DateTimeOffset.MinValue, isLatest, caller.Reach);
        await reader.TellCallerAsync(caller, cancellation);
        return await read(reader, new AsOfView(at.ValidAt, recordedBy, (known ?? snapshot.Checkpoint).Position));
    }
}
