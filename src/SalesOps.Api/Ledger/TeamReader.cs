using SalesOps.Api.Facts;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Reps;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>Who stood below and above whom: the read tables say where to look, the streams of reps what held when.</summary>
internal sealed class TeamReader(DatabasePools pools, PayStreams store)
{
    /// <summary>Everybody who, at any time, stood below some managers, at any level; for each of them.</summary>
    public async Task<IReadOnlyDictionary<RepId, IReadOnlyList<RepId>>> BelowAsync(
        string tenant, IReadOnlyCollection<RepId> managers, CancellationToken cancellation)
    {
        const string sql = """
            with recursive below (manager_id, rep_id) as (
              select manager_id, rep_id from rep_facts
                where tenant_id = $1 and known_to = 'infinity' and manager_id = any($2)
              union
              select b.manager_id, r.rep_id from below b
                join rep_facts r on r.tenant_id = $1 and r.known_to = 'infinity' and r.manager_id = b.rep_id)
            select manager_id, rep_id from below where manager_id <> rep_id order by manager_id, rep_id
            """;
        var below = await PairsAsync(sql, tenant, managers, cancellation);
        var supposed = SupposedManagers().ToArray();
        return supposed is [] ? below : await WithSupposedAsync(tenant, below, supposed, cancellation);
    }

    /// <summary>Everybody who, at any time, stood above some reps, at any level; for each of them.</summary>
    public async Task<IReadOnlyDictionary<RepId, IReadOnlyList<RepId>>> AboveAsync(
        string tenant, IReadOnlyCollection<RepId> reps, CancellationToken cancellation)
    {
        const string sql = """
            with recursive above (rep_id, manager_id) as (
              select rep_id, manager_id from rep_facts
                where tenant_id = $1 and known_to = 'infinity' and rep_id = any($2) and manager_id is not null
              union
              select a.rep_id, r.manager_id from above a
                join rep_facts r on r.tenant_id = $1 and r.known_to = 'infinity' and r.rep_id = a.manager_id
                where r.manager_id is not null)
            select rep_id, manager_id from above where manager_id <> rep_id order by rep_id, manager_id
            """;
        return await PairsAsync(sql, tenant, reps, cancellation);
    }

    /// <summary>The lines of managers of reps, to be looked up by date.</summary>
    public async Task<ManagerLines> LinesAsync(string tenant, IReadOnlyList<RepId> reps, CancellationToken cancellation)
    {
        var lines = new Dictionary<RepId, Timeline<Rep, RepEvent>>();
        var ahead = reps;
        while (ahead is not [])
        {
            var streams = await store.ReadStreamsAsync(
                tenant, [.. ahead.Select(rep => StreamKinds.Reps.NameOf(rep.Value))], cancellation);
            foreach (var rep in ahead)
            {
                lines[rep] = StreamKinds.Reps.EmptyTimeline(rep.Value)
                    .With([.. streams[StreamKinds.Reps.NameOf(rep.Value)].Select(recorded => recorded.ToFact())]);
            }

            ahead =
            [
                .. ahead.SelectMany(rep => lines[rep].Facts).Select(fact => ManagerLines.ManagerIn(fact.Event)).OfType<RepId>()
                    .Where(manager => !lines.ContainsKey(manager)).Distinct(),
            ];
        }

        return new(lines);
    }

    /// <summary>Who is supposed to stand below whom, though the read tables don't know it.</summary>
    private IEnumerable<(RepId Manager, RepId Rep)> SupposedManagers() => store.Supposed
        .Where(recorded => recorded.Stream.StartsWith(StreamKinds.Reps.NameOf(string.Empty), StringComparison.Ordinal))
        .Select(recorded => (
            Manager: recorded.ToFact().Event is RepEvent e ? ManagerLines.ManagerIn(e) : null,
            Rep: new RepId(recorded.Stream[StreamKinds.Reps.NameOf(string.Empty).Length..])))
        .Where(pair => pair.Manager is not null)
        .Select(pair => (pair.Manager!.Value, pair.Rep));

    private async Task<IReadOnlyDictionary<RepId, IReadOnlyList<RepId>>> WithSupposedAsync(
        string tenant, IReadOnlyDictionary<RepId, IReadOnlyList<RepId>> below, (RepId Manager, RepId Rep)[] supposed,
        CancellationToken cancellation)
    {
        var theirs = await new TeamReader(pools, store.Recorded()).BelowAsync(
            tenant, [.. supposed.Select(pair => pair.Rep)], cancellation);
        return below.ToDictionary(
            manager => manager.Key,
            manager => (IReadOnlyList<RepId>)
            [
                .. manager.Value
                    .Concat(supposed
                        .Where(pair => pair.Manager == manager.Key || manager.Value.Contains(pair.Manager))
                        .SelectMany(pair => theirs[pair.Rep].Prepend(pair.Rep)))
                    .Where(rep => rep != manager.Key).Distinct(),
            ]);
    }

    private async Task<IReadOnlyDictionary<RepId, IReadOnlyList<RepId>>> PairsAsync(
        string sql, string tenant, IReadOnlyCollection<RepId> reps, CancellationToken cancellation)
    {
        var pairs = reps.Distinct().ToDictionary(rep => rep, _ => new List<RepId>());
        if (reps.Count > 0)
        {
#pragma warning disable CA2100 // Both statements are constants of this class.
            await using var command = pools.Background.CreateCommand(store.Widened(sql));
#pragma warning restore CA2100
            command.Parameters.Add(FactParameter.Text(tenant));
            command.Parameters.Add(FactParameter.Any(reps.Select(rep => rep.Value)));
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                pairs[new(rows.GetString(0))].Add(new(rows.GetString(1)));
            }
        }

        return pairs.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<RepId>)pair.Value);
    }
}
