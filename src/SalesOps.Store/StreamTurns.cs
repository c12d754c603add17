namespace SalesOps.Store;

/// <summary>
/// Lets commands on one stream take turns within this process, so that they don't lose races against each other. Only
/// politeness: correctness rests on expected versions.
/// </summary>
public sealed class StreamTurns
{
    private const int Stripes = 1_024;

    private readonly SemaphoreSlim[] stripes =
        [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the turn of all the streams; disposing what is returned ends it.</summary>
    public async Task<IDisposable> TakeAsync(string tenant, IReadOnlyList<string> streams, CancellationToken cancellation)
    {
        // One order for everybody: no two can wait for each other. Streams that share a stripe only wait needlessly.
        var wanted = streams
            .Select(stream => (int)((uint)HashCode.Combine(tenant, stream) % Stripes)).Distinct().Order().ToArray();
        var turn = new Turn(stripes, wanted);
        try
        {
            foreach (var stripe in wanted)
            {
                await stripes[stripe].WaitAsync(cancellation);
                turn.Held++;
            }

            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private sealed class Turn(SemaphoreSlim[] stripes, int[] wanted) : IDisposable
    {
        public int Held { get; set; }

        public void Dispose()
        {
            while (Held > 0)
            {
                stripes[wanted[--Held]].Release();
            }
        }
    }
}
