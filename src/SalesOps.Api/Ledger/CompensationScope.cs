using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Quotas;
using SalesOps.Domain.Reps;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Tells whose pay events may change: rather too many than too few, for whoever's pay is as before is posted nothing.
/// </summary>
internal sealed class CompensationScope(PlanReader plans, CreditReader credits, TeamReader teams, PayStreams store)
{
    private static readonly string[] Categories =
    [
        StreamKinds.Deals.Category, StreamKinds.Assignments.Category, StreamKinds.Contracts.Category, StreamKinds.Reps.Category,
        StreamKinds.Quotas.Category, .. PlanReader.Categories,
    ];

    /// <summary>Whether an event may change anybody's pay.</summary>
    public static bool Matters(RecordedEvent recorded) => Categories.Contains(CategoryOf(recorded.Stream), StringComparer.Ordinal);

    /// <summary>Everybody with a plan.</summary>
    public Task<IReadOnlyList<RepId>> WithPlansAsync(string tenant, CancellationToken cancellation) =>
        plans.RepsOnAsync(tenant, plans: null, cancellation);

    /// <summary>The reps whose pay the events may change, with the last event that may have.</summary>
    public async Task<IReadOnlyDictionary<RepId, Guid?>> OfAsync(
        string tenant, IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        var causes = new Dictionary<RepId, Guid?>();
        var deals = new Dictionary<string, Guid>(StringComparer.Ordinal);
        var accounts = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var recorded in events)
        {
            var id = recorded.Stream[(recorded.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
            switch (CategoryOf(recorded.Stream))
            {
                case var category when category == StreamKinds.Deals.Category:
                    deals[id] = recorded.Id;
                    break;
                case var category when category == StreamKinds.Assignments.Category:
                    accounts[id] = recorded.Id;
                    break;
                case var category when category == StreamKinds.Contracts.Category:
                    if (await DealOfAsync(tenant, id, cancellation) is { } deal)
                    {
                        deals[deal] = recorded.Id;
                    }

                    break;
                case var category when category == StreamKinds.Reps.Category:
                    Add([new(id)], recorded.Id);
                    Add(await ManagersEverAsync(tenant, new(id), cancellation), recorded.Id);
                    break;
                case var category when category == StreamKinds.Quotas.Category:
                    Add(await HolderOfAsync(tenant, id, cancellation), recorded.Id);
                    break;
                default:
                    Add(await plans.TouchedByAsync(tenant, recorded, id, cancellation), recorded.Id);
                    break;
            }
        }

        foreach (var (account, cause) in accounts)
        {
            foreach (var deal in await credits.DealsOfAccountsAsync(tenant, [account], cancellation))
            {
                deals[deal] = cause;
            }
        }

        credits.Forget(tenant, deals.Keys);
        await AddDealsAsync();
        await AddRelatedAsync();
        return causes;

        void Add(IEnumerable<RepId> reps, Guid? cause)
        {
            foreach (var rep in reps)
            {
                causes[rep] = cause;
            }
        }

        async Task AddDealsAsync()
        {
            foreach (var chunk in deals.Chunk(500))
            {
                foreach (var (deal, reps) in await EverCreditedAsync(tenant, [.. chunk.Select(entry => entry.Key)], cancellation))
                {
                    Add(reps, deals[deal]);
                }
            }
        }

        // Managers earn on the credit of those below, and contests are won against others.
        async Task AddRelatedAsync()
        {
            var above = await teams.AboveAsync(tenant, [.. causes.Keys], cancellation);
            foreach (var (rep, managers) in above)
            {
                Add(managers.Where(manager => !causes.ContainsKey(manager)).ToArray(), causes[rep]);
            }

            foreach (var (rep, rivals) in await plans.RivalsAsync(tenant, [.. causes.Keys], cancellation))
            {
                Add(rivals.Where(rival => !causes.ContainsKey(rival)).ToArray(), causes[rep]);
            }
        }
    }

    /// <summary>Everybody who was ever named by deals that were ever won, or by the assignments of their accounts.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<RepId>>> EverCreditedAsync(
        string tenant, IReadOnlyList<string> dealIds, CancellationToken cancellation)
    {
        var streams = await store.ReadStreamsAsync(tenant, [.. dealIds.Select(StreamKinds.Deals.NameOf)], cancellation);
        var won = dealIds
            .Select(id => (Id: id, Facts: FactsOf(streams[StreamKinds.Deals.NameOf(id)])))
            .Where(deal => deal.Facts.Any(fact => fact is DealEvent.Won))
            .ToArray();
        var accountsOf = won.ToDictionary(
            deal => deal.Id, deal => deal.Facts.Select(AccountIn).OfType<AccountId>().Distinct().ToArray(), StringComparer.Ordinal);
        var assignments = await store.ReadStreamsAsync(
            tenant,
            [.. accountsOf.Values.SelectMany(ids => ids).Distinct().Select(id => StreamKinds.Assignments.NameOf(id.Value))],
            cancellation);
        return won.ToDictionary(
            deal => deal.Id,
            deal => (IReadOnlyList<RepId>)
            [
                .. deal.Facts.SelectMany(NamedBy)
                    .Concat(accountsOf[deal.Id]
                        .SelectMany(id => FactsOf(assignments[StreamKinds.Assignments.NameOf(id.Value)]))
                        .OfType<AssignmentEvent.Assigned>().Select(assigned => assigned.RepId))
                    .Distinct(),
            ],
            StringComparer.Ordinal);
    }

    private static AccountId? AccountIn(object @event) => @event switch
    {
        DealEvent.Opened e => e.AccountId,
        DealEvent.AccountChanged e => e.AccountId,
        _ => null,
    };

    private static IEnumerable<RepId> NamedBy(object @event) => @event switch
    {
        DealEvent.Opened { OwnerId: { } owner } => [owner],
        DealEvent.OwnerChanged e => [e.OwnerId],
        DealEvent.SplitsChanged e => e.Splits.Select(split => split.RepId),
        _ => [],
    };

    private async Task<string?> DealOfAsync(string tenant, string contractId, CancellationToken cancellation) =>
        FactsOf(await store.ReadStreamAsync(tenant, StreamKinds.Contracts.NameOf(contractId), cancellation))
            .OfType<Domain.Contracts.ContractEvent.Drafted>().Select(drafted => drafted.DealId?.Value).LastOrDefault();

    private async Task<IEnumerable<RepId>> HolderOfAsync(string tenant, string quotaId, CancellationToken cancellation) =>
        FactsOf(await store.ReadStreamAsync(tenant, StreamKinds.Quotas.NameOf(quotaId), cancellation))
            .OfType<QuotaEvent.Assigned>()
            .Where(assigned => assigned.Terms.Holder.Kind == QuotaHolderKind.Rep)
            .Select(assigned => new RepId(assigned.Terms.Holder.Id));

    private async Task<IEnumerable<RepId>> ManagersEverAsync(string tenant, RepId rep, CancellationToken cancellation) =>
        FactsOf(await store.ReadStreamAsync(tenant, StreamKinds.Reps.NameOf(rep.Value), cancellation))
            .OfType<RepEvent>().Select(ManagerLines.ManagerIn).OfType<RepId>().Distinct();

    private static object[] FactsOf(IReadOnlyList<RecordedEvent> stream) => [.. stream.Select(recorded => recorded.ToFact().Event)];

    private static string CategoryOf(string stream) => stream[..Math.Max(0, stream.IndexOf('/', StringComparison.Ordinal))];
}
