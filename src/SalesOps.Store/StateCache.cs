namespace SalesOps.Store;

/// <summary>
/// The current state of hot streams, so that a command needs no read. Bounded: the least recently used go first. A
/// broken connection empties it, since the database behind the next one may have lost what was seen here.
/// </summary>
public sealed class StateCache<TState>(EventStore store, int capacity)
{
    private sealed record Entry(StreamKey Key, long Version, TState State);

    private readonly Lock gate = new();
    private readonly Dictionary<StreamKey, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = [];
    private long epoch = store.Epoch;

    /// <summary>A decision to refuse, or to do nothing, made on what this gives must be made again on a fresh load.</summary>
    public bool TryGet(string tenant, string stream, out long version, out TState? state)
    {
        lock (gate)
        {
            EmptyAfterBreak();
            if (!entries.TryGetValue(new(tenant, stream), out var node))
            {
                (version, state) = (0, default);
                return false;
            }

            byUse.Remove(node);
            byUse.AddFirst(node);
            (version, state) = (node.Value.Version, node.Value.State);
            return true;
        }
    }

    /// <summary>
    /// Keeps a state. The last word counts, not the highest version: after a failover a stream may be shorter. A stale
    /// word is harmless, for the append made on it conflicts.
    /// </summary>
    public void Put(string tenant, string stream, long version, TState state)
    {
        var key = new StreamKey(tenant, stream);
        lock (gate)
        {
            EmptyAfterBreak();
            if (entries.Remove(key, out var old))
            {
                byUse.Remove(old);
            }
            else if (entries.Count == capacity)
            {
                entries.Remove(byUse.Last!.Value.Key);
                byUse.RemoveLast();
            }

            entries.Add(key, byUse.AddFirst(new Entry(key, version, state)));
        }
    }

    public void Remove(string tenant, string stream)
    {
        lock (gate)
        {
            if (entries.Remove(new(tenant, stream), out var node))
            {
                byUse.Remove(node);
            }
        }
    }

    private void EmptyAfterBreak()
    {
        var now = store.Epoch;
        if (now != epoch)
        {
            entries.Clear();
            byUse.Clear();
            epoch = now;
        }
    }
}
