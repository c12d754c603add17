namespace SalesOps.Chaos.Tests;

/// <summary>How a write ended as its client saw it.</summary>
internal enum Ending
{
    /// <summary>It is written, once.</summary>
    Ok,

    /// <summary>It is not written and never will be.</summary>
    Refused,

    /// <summary>Nobody told: it is written once or not at all.</summary>
    Unknown,
}

/// <summary>A write as its client saw it.</summary>
/// <param name="Expected">The version it was bound to by <c>If-Match</c>; null where any was right.</param>
/// <param name="Invoked">When it was first sent, in ticks of one clock.</param>
/// <param name="Completed">When its last answer came, or nobody waited any longer.</param>
internal sealed record Write(
    string Key, string Stream, string Amount, long? Expected, long Invoked, long Completed, Ending Ending, long Position = 0,
    long Version = 0);

/// <summary>A read of one deal as its client saw it.</summary>
internal sealed record Read(int Client, string Stream, long Invoked, long Completed, long Version, string Amount);

/// <summary>An event of the log as it was found in the end; at most one for each key.</summary>
internal sealed record Entry(long Position, string Stream, long Version, string? Key, string Amount);

/// <summary>
/// What clients saw, held against the log. The log is a line, so no order has to be searched for: every check takes one
/// pass over what is sorted by position or by time.
/// </summary>
internal sealed class History
{
    private readonly Lock gate = new();
    private readonly List<Write> writes = [];
    private readonly List<Read> reads = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return writes.Count + reads.Count;
            }
        }
    }

    public int CountOf(Ending ending)
    {
        lock (gate)
        {
            return writes.Count(write => write.Ending == ending);
        }
    }

    public void Add(Write write)
    {
        lock (gate)
        {
            writes.Add(write);
        }
    }

    public void Add(Read read)
    {
        lock (gate)
        {
            reads.Add(read);
        }
    }

    /// <summary>Everything that can't have happened in a system that keeps its promises; empty where all is well.</summary>
    public IReadOnlyList<string> Check(IReadOnlyList<Entry> log)
    {
        var byKey = log.Where(entry => entry.Key is not null).ToLookup(entry => entry.Key!);
        return
        [
            .. Dense(log),
            .. writes.SelectMany(write => Outcome(write, [.. byKey[write.Key]])),
            .. byKey.Select(group => group.Key).Except(writes.Select(write => write.Key)).Select(key => $"nobody wrote {key}"),
            .. RealTime(byKey),
            .. Refusals(log),
            .. Reads(log),
        ];
    }

    private static IEnumerable<string> Dense(IReadOnlyList<Entry> log)
    {
        var versions = new Dictionary<string, long>();
        for (var index = 0; index < log.Count; index++)
        {
            var entry = log[index];
            if (entry.Position != index + 1)
            {
                yield return $"position {index + 1} is {entry.Position}";
            }

            var next = versions.GetValueOrDefault(entry.Stream) + 1;
            if (entry.Version != next)
            {
                yield return $"{entry.Stream} goes from version {next - 1} to {entry.Version}";
            }

            versions[entry.Stream] = entry.Version;
        }
    }

    private static IEnumerable<string> Outcome(Write write, IReadOnlyList<Entry> found)
    {
        if (found.Count > 1)
        {
            yield return $"doubled: {write.Key} is there {found.Count} times";
        }

        if (write.Ending == Ending.Ok && found is [])
        {
            yield return $"lost: {write.Key}";
        }

        if (write.Ending == Ending.Refused && found is not [])
        {
            yield return $"{write.Key} was refused and is there";
        }

        if (found is [var entry])
        {
            if (entry.Stream != write.Stream || entry.Amount != write.Amount)
            {
                yield return $"{write.Key} is there as something else";
            }

            if (write.Ending == Ending.Ok && (entry.Position, entry.Version) != (write.Position, write.Version))
            {
                yield return $"{write.Key} was answered with another position or version";
            }

            if (write.Expected is { } expected && entry.Version != expected + 1)
            {
                yield return $"{write.Key} was bound to version {expected} and made {entry.Version}";
            }
        }
    }

    /// <summary>What was completed before another was sent stands before it in the log.</summary>
    private IEnumerable<string> RealTime(ILookup<string, Entry> byKey)
    {
        var completed = writes.Where(write => write.Ending == Ending.Ok).OrderBy(write => write.Completed).ToArray();
        var (next, reached) = (0, 0L);
        foreach (var write in writes.Where(write => write.Ending == Ending.Ok).OrderBy(write => write.Invoked))
        {
            for (; next < completed.Length && completed[next].Completed < write.Invoked; next++)
            {
                reached = Math.Max(reached, completed[next].Position);
            }

            if (byKey[write.Key].FirstOrDefault() is { } entry && entry.Position < reached)
            {
                yield return $"{write.Key} stands before what was completed when it was sent";
            }
        }
    }

    /// <summary>A write that was bound to a version is refused only if another was there at some time while it was under way.</summary>
    private IEnumerable<string> Refusals(IReadOnlyList<Entry> log)
    {
        var streams = log.ToLookup(entry => entry.Stream);
        var byKey = writes.ToDictionary(write => write.Key);
        foreach (var write in writes.Where(write => write is { Ending: Ending.Refused, Expected: not null }))
        {
            // Unless somebody wrote after that version before the refusal was told, nothing justifies it.
            var over = streams[write.Stream].FirstOrDefault(entry => entry.Version == write.Expected + 1);
            var told = over?.Key is { } key ? byKey.GetValueOrDefault(key) : null;
            if (over is null || told?.Invoked > write.Completed)
            {
                yield return $"{write.Key} was refused for version {write.Expected} while nobody had written after it";
            }
        }
    }

    /// <summary>A read shows a prefix of the stream, not one before what its own client has read, or anybody completed.</summary>
    private IEnumerable<string> Reads(IReadOnlyList<Entry> log)
    {
        var amounts = log.ToDictionary(entry => (entry.Stream, entry.Version), entry => entry.Amount);
        foreach (var read in reads.Where(read => amounts.GetValueOrDefault((read.Stream, read.Version)) != read.Amount))
        {
            yield return $"a read of {read.Stream} shows {read.Amount} at version {read.Version}";
        }

        foreach (var ofStream in reads.GroupBy(read => read.Stream))
        {
            var completed = writes.Where(write => write.Ending == Ending.Ok && write.Stream == ofStream.Key)
                .Select(write => (write.Completed, write.Version))
                .Concat(ofStream.Select(read => (read.Completed, read.Version))).OrderBy(known => known.Completed).ToArray();
            var (next, reached) = (0, 0L);
            foreach (var read in ofStream.OrderBy(read => read.Invoked))
            {
                for (; next < completed.Length && completed[next].Completed < read.Invoked; next++)
                {
                    reached = Math.Max(reached, completed[next].Version);
                }

                if (read.Version < reached)
                {
                    yield return $"stale: a read of {read.Stream} shows version {read.Version} when {reached} was known";
                }
            }
        }
    }
}
