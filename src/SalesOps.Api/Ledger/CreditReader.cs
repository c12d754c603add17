using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Finds what reps are credited with. The read tables only say where to look, and are waited for; what counts is folded
/// from the streams of deals, assignments and contracts themselves.
/// </summary>
internal sealed class CreditReader(DatabasePools pools, PayStreams store)
{
    private const int StreamsAtOnce = 2_000;
    private const int KeptMax = 50_000;

    private readonly Dictionary<(string Tenant, string DealId), IReadOnlyList<RepCredit>> kept = [];
    private DateOnly keptOn;

    /// <summary>Forgets what was folded of some deals, since something has come to their streams.</summary>
    public void Forget(string tenant, IEnumerable<string> dealIds)
    {
        foreach (var id in dealIds)
        {
            kept.Remove((tenant, id));
        }
    }

    /// <summary>Forgets everything, when it is not certain that nothing was missed.</summary>
    public void ForgetAll() => kept.Clear();

    /// <summary>What deals credit to whom, as of the end of a day.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<RepCredit>>> OfDealsAsync(
        string tenant, IReadOnlyCollection<string> dealIds, DateOnly today, CancellationToken cancellation)
    {
        if (keptOn != today || kept.Count > KeptMax)
        {
            kept.Clear();
            keptOn = today;
        }

        var found = new Dictionary<string, IReadOnlyList<RepCredit>>(dealIds.Count, StringComparer.Ordinal);
        foreach (var chunk in dealIds.Where(id => !kept.ContainsKey((tenant, id))).Chunk(StreamsAtOnce))
        {
            await FoldAsync(tenant, chunk, today, cancellation);
        }

        foreach (var id in dealIds)
        {
            found[id] = kept[(tenant, id)];
        }

        return found;
    }

    /// <summary>The deals that may credit any of some reps: a superset, by owner, split or assigned account.</summary>
    public async Task<IReadOnlyList<string>> DealsOfAsync(
        string tenant, IReadOnlyCollection<string> repIds, CancellationToken cancellation)
    {
        const string sql = """
            select deal_id from deal_facts
              where tenant_id = $1 and status = 'won' and known_to = 'infinity' and owner_id = any($2)
            union select deal_id from deal_facts
              where tenant_id = $1 and status = 'won' and known_to = 'infinity' and share_reps <> '{}' and share_reps && $2
            union select deal_id from deal_facts
              where tenant_id = $1 and status = 'won' and known_to = 'infinity' and overlay_reps <> '{}' and overlay_reps && $2
            union select d.deal_id from assignment_facts a
              join deal_facts d on d.tenant_id = a.tenant_id and d.account_id = a.account_id
                and d.status = 'won' and d.known_to = 'infinity'
              where a.tenant_id = $1 and a.known_to = 'infinity' and a.rep_id = any($2)
            """;
        var found = await ReadIdsAsync(sql, tenant, repIds, cancellation);
        string[] accounts = [.. store.SupposedIds(StreamKinds.Assignments.Category)];
        return accounts is [] && !store.IsOther
            ? found
            : [
                .. found
                    .Concat(store.SupposedIds(StreamKinds.Deals.Category))
                    .Concat((await DealsOfAccountsAsync(tenant, accounts, cancellation)).Select(pair => pair.DealId))
                    .Distinct(StringComparer.Ordinal),
            ];
    }

    /// <summary>The won deals of accounts.</summary>
    public Task<IReadOnlyList<(string AccountId, string DealId)>> DealsOfAccountsAsync(
        string tenant, IReadOnlyCollection<string> accountIds, CancellationToken cancellation)
    {
        const string sql = """
            select distinct account_id, deal_id from deal_facts
            where tenant_id = $1 and status = 'won' and known_to = 'infinity' and account_id = any($2)
            order by account_id, deal_id
            """;
        return ReadPairsAsync(sql, tenant, accountIds, cancellation);
    }

    private async Task FoldAsync(string tenant, string[] dealIds, DateOnly today, CancellationToken cancellation)
    {
        var calendar = BusinessCalendar.Utc;
        var asOf = calendar.EndOf(today);
        var contractIds = await ContractsOfAsync(tenant, dealIds, cancellation);
        var streams = await store.ReadStreamsAsync(
            tenant,
            [
                .. dealIds.Select(StreamKinds.Deals.NameOf),
                .. contractIds.SelectMany(ids => ids).Select(StreamKinds.Contracts.NameOf),
            ],
            cancellation);
        var deals = dealIds.ToDictionary(id => id, id => Timeline(StreamKinds.Deals, id, streams), StringComparer.Ordinal);
        AccountId[] accountIds = [.. deals.Values.SelectMany(DealCredits.AccountsOf).Distinct()];
        var accounts = await store.ReadStreamsAsync(
            tenant, [.. accountIds.Select(id => StreamKinds.Assignments.NameOf(id.Value))], cancellation);
        var assignments = accountIds.ToDictionary(id => id, id => Timeline(StreamKinds.Assignments, id.Value, accounts));
        foreach (var (id, deal) in deals)
        {
            var contracts = contractIds[id].Select(contract => Timeline(StreamKinds.Contracts, contract, streams)).ToArray();
            kept[(tenant, id)] = DealCredits.Of(new(id), deal, assignments, contracts, asOf, calendar);
        }
    }

    private static Timeline<TState, TEvent> Timeline<TState, TEvent>(
        StreamKind<TState, TEvent> kind, string id, IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>> streams)
        where TEvent : class =>
        kind.EmptyTimeline(id).With([.. streams[kind.NameOf(id)].Select(recorded => recorded.ToFact())]);

    private async Task<ILookup<string, string>> ContractsOfAsync(
        string tenant, string[] dealIds, CancellationToken cancellation)
    {
        const string sql = """
            select distinct deal_id, contract_id from contract_facts
            where tenant_id = $1 and known_to = 'infinity' and deal_id = any($2) order by deal_id, contract_id
            """;
        return (await ReadPairsAsync(sql, tenant, dealIds, cancellation))
            .ToLookup(pair => pair.Of, pair => pair.Id, StringComparer.Ordinal);
    }

    /// <summary>Two ids a row: of what was asked for, and one that belongs to it.</summary>
    private async Task<IReadOnlyList<(string Of, string Id)>> ReadPairsAsync(
        string sql, string tenant, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var found = new List<(string Of, string Id)>();
        if (ids.Count == 0)
        {
            return found;
        }

        await using var command = CommandOf(sql, tenant, ids);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            found.Add((rows.GetString(0), rows.GetString(1)));
        }

        return found;
    }

    private async Task<IReadOnlyList<string>> ReadIdsAsync(
        string sql, string tenant, IEnumerable<string> of, CancellationToken cancellation)
    {
        await using var command = CommandOf(sql, tenant, of);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }

    private NpgsqlCommand CommandOf(string sql, string tenant, IEnumerable<string> ids)
    {
#pragma warning disable CA2100 // Every statement is a constant of this class.
        var command = pools.Background.CreateCommand(store.Widened(sql));
#pragma warning restore CA2100
        command.Parameters.Add(FactParameter.Text(tenant));
        command.Parameters.Add(FactParameter.Any(ids));
        return command;
    }
}
