using Npgsql;
using NpgsqlTypes;
using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>
/// The histories of the streams that had events last, so that a page reads back only streams that are not among them.
/// They hold for one line of the log: <see cref="FollowsAsync"/> tells whether a page goes on where they stand. Bounded
/// by two generations; what was not met for a whole one is forgotten.
/// </summary>
internal sealed class KeptHistories
{
    private const int FactsOfGeneration = 150_000;

    private Dictionary<(string Tenant, string Stream), Kept> _young = [];
    private Dictionary<(string Tenant, string Stream), Kept> _old = [];
    private int _youngFacts;
    private RecordedEvent? _last;

    /// <summary>
    /// Whether the event before the page is, by its id, the last that these histories know: after a failover another may
    /// stand at its position.
    /// </summary>
    public async Task<bool> FollowsAsync(
        IReadOnlyList<RecordedEvent> page, NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (_last is null || _last.Position != page[0].Position - 1)
        {
            return false;
        }

        await using var before = new NpgsqlCommand("select id from mt_events where seq_id = $1", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = _last.Position, NpgsqlDbType = NpgsqlDbType.Bigint } },
        };
        return await before.ExecuteScalarAsync(cancellation) is Guid id && id == _last.Id;
    }

    /// <summary>The history of a stream that is known up to exactly that version.</summary>
    public THistory? Find<THistory>(string tenant, string stream, long version)
        where THistory : class =>
        (_young.TryGetValue((tenant, stream), out var kept) || _old.TryGetValue((tenant, stream), out kept))
        && kept.Version == version
            ? kept.History as THistory
            : null;

    public void Keep(string tenant, string stream, long version, object history, int facts)
    {
        _youngFacts += facts - (_young.TryGetValue((tenant, stream), out var known) ? known.Facts : 0);
        _young[(tenant, stream)] = new(version, history, facts);
    }

    /// <summary>Lets go of a stream's history, in which somebody was erased.</summary>
    public void Forget(string tenant, string stream)
    {
        _young.Remove((tenant, stream));
        _old.Remove((tenant, stream));
    }

    /// <summary>Says that the histories have taken in the whole page; only then may any be forgotten.</summary>
    public void Passed(IReadOnlyList<RecordedEvent> page)
    {
        _last = page[^1];
        if (_youngFacts > FactsOfGeneration)
        {
            (_old, _young, _youngFacts) = (_young, [], 0);
        }
    }

    private sealed record Kept(long Version, object History, int Facts);
}
