using SalesOps.Api.Access;
using SalesOps.Api.Http;

namespace SalesOps.Api.Assignments;

/// <summary>
/// The totals of every rep that were read last, so that many questions between two writes go through the facts once. They
/// are kept by who asks, both times and the position of the log that they were read at, by which they are the same for
/// ever: none can be stale.
/// </summary>
internal sealed class RecentTotals
{
    private const int Kept = 4;

    private readonly Lock gate = new();
    private readonly LinkedList<(Key Key, RepTotals Totals)> recent = [];

    public async Task<RepTotals> OfAsync(Caller caller, AsOfView asOf, Func<Task<RepTotals>> read)
    {
        var key = new Key(caller.Tenant, caller.Reach, caller.Reach == Reach.All ? null : caller.Actor, asOf);
        if (Find(key) is { } kept)
        {
            return kept;
        }

        var totals = await read();
        lock (gate)
        {
            recent.AddFirst((key, totals));
            if (recent.Count > Kept)
            {
                recent.RemoveLast();
            }
        }

        return totals;
    }

    private RepTotals? Find(Key key)
    {
        lock (gate)
        {
            return recent.FirstOrDefault(entry => entry.Key == key).Totals;
        }
    }

    private sealed record Key(string Tenant, Reach Reach, string? Actor, AsOfView AsOf);
}
