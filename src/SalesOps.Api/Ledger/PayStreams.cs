using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// The streams that pay is calculated from: as they stand, as they stood at a position of the log, or as they would with
/// more in them than was recorded.
/// </summary>
internal sealed class PayStreams(EventStore store)
{
    private readonly Dictionary<string, RecordedEvent[]> supposed = new(StringComparer.Ordinal);

    /// <summary>The last position of the log that counts; null where all of it does.</summary>
    public long? Until { get; init; }

    /// <summary>What is taken for recorded though it isn't, after all that is.</summary>
    public IReadOnlyList<RecordedEvent> Supposed
    {
        get => [.. supposed.Values.SelectMany(events => events)];
        init => supposed = value.GroupBy(recorded => recorded.Stream, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Whether the read tables, which have what is known last, may lack what these streams have.</summary>
    public bool IsOther => Until is not null || supposed.Count > 0;

    /// <summary>The same without what is supposed.</summary>
    public PayStreams Recorded() => new(store) { Until = Until };

    /// <summary>
    /// A query that only looks for where to look, widened from what is known now to what ever was where these streams
    /// stand for an earlier knowledge.
    /// </summary>
    public string Widened(string sql) => Until is null
        ? sql
        : sql.Replace("known_to = 'infinity'", "known_to is not null", StringComparison.Ordinal);

    /// <summary>The ids of the supposed events' streams of one category.</summary>
    public IEnumerable<string> SupposedIds(string category) => supposed.Keys
        .Where(stream => stream.StartsWith(category + "/", StringComparison.Ordinal))
        .Select(stream => stream[(category.Length + 1)..]);

    /// <summary>An event as it would stand in the log, had it been recorded after all that is.</summary>
    public static RecordedEvent Suppose(string tenant, string stream, NewEvent @event) => new()
    {
        Position = long.MaxValue,
        Id = @event.Id,
        Tenant = tenant,
        Stream = stream,
        Version = 0,
        Type = @event.Type,
        Data = @event.Data,
        RecordedAt = DateTimeOffset.MaxValue,
        Headers = @event.Headers,
    };

    /// <summary>A stream's events in the order recorded.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(
        string tenant, string stream, CancellationToken cancellation) =>
        Seen(stream, await store.ReadStreamAsync(tenant, stream, cancellation));

    /// <summary>Several streams, each as by itself; one that isn't there is empty.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> ReadStreamsAsync(
        string tenant, IReadOnlyList<string> streams, CancellationToken cancellation)
    {
        var read = await store.ReadStreamsAsync(tenant, streams, cancellation);
        return IsOther
            ? read.ToDictionary(stream => stream.Key, stream => Seen(stream.Key, stream.Value), StringComparer.Ordinal)
            : read;
    }

    private IReadOnlyList<RecordedEvent> Seen(string stream, IReadOnlyList<RecordedEvent> recorded)
    {
        var known = Until is { } last ? [.. recorded.TakeWhile(@event => @event.Position <= last)] : recorded;
        return supposed.TryGetValue(stream, out var more)
            ? [.. known, .. more.Select((@event, index) => @event with { Version = known.Count + index + 1 })]
            : known;
    }
}

/// <summary>The readers of what pay is calculated from, all by the same streams.</summary>
internal sealed record PayReaders(PlanReader Plans, CreditReader Credits, PayInputs Inputs, CompensationScope Scope)
{
    /// <param name="credits">Those of other streams that credit the same; new ones where absent.</param>
    public static PayReaders Of(DatabasePools pools, PayStreams streams, CreditReader? credits = null)
    {
        var plans = new PlanReader(pools, streams);
        var teams = new TeamReader(pools, streams);
        credits ??= new CreditReader(pools, streams);
        return new(
            plans, credits, new PayInputs(plans, credits, teams, streams), new CompensationScope(plans, credits, teams, streams));
    }
}
