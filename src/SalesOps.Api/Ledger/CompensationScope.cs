using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Ledger;
using SalesOps.Domain.Quotas;
using SalesOps.Domain.Reps;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Tells whose pay events may change: rather too many than too few, for whoever's pay is as before is posted nothing.
/// </summary>
internal sealed class CompensationScope(PlanReader plans, CreditReader credits, TeamReader teams, PayStreams store)
{
    private const int DealsAtOnce = 500;

    private static readonly string[] Categories =
    [
        StreamKinds.Deals.Category, StreamKinds.Assignments.Category, StreamKinds.Contracts.Category, StreamKinds.Reps.Category,
        StreamKinds.Quotas.Category, .. PlanReader.Categories,
    ];

    private const int KeptMax = 200_000;

    private static readonly string Won = EventCatalog.NameOf(new DealEvent.Won(default));

    /// <summary>Deals that have no win up to a version of their stream: what comes to them changes nobody's pay.</summary>
    private readonly Dictionary<(string Tenant, string Stream), long> unwon = [];

    /// <summary>The events that may change anybody's pay. Given the pages of the log one after the other.</summary>
    public RecordedEvent[] ThatMatter(IEnumerable<RecordedEvent> page) =>
    [
        .. page.Where(recorded => StreamName.CategoryOf(recorded.Stream) is var category
            && Categories.Contains(category, StringComparer.Ordinal)
            && !(category == StreamKinds.Deals.Category && StaysUnwon(recorded))),
    ];

    /// <summary>Forgets everything, when it is not certain that nothing was missed.</summary>
    public void ForgetAll() => unwon.Clear();

    /// <summary>Everybody with a plan.</summary>
    public Task<IReadOnlyList<RepId>> WithPlansAsync(string tenant, CancellationToken cancellation) =>
        plans.RepsOnAsync(tenant, plans: null, cancellation);

    /// <summary>The reps whose pay the events may change, each with those that may, in the order of the log.</summary>
    public async Task<IReadOnlyDictionary<RepId, IReadOnlyList<PossibleCause>>> OfAsync(
        string tenant, IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        var causes = new Dictionary<RepId, HashSet<PossibleCause>>();
        var deals = new Dictionary<string, List<PossibleCause>>(StringComparer.Ordinal);
        var byCategory = events.ToLookup(recorded => StreamName.CategoryOf(recorded.Stream), StringComparer.Ordinal);
        await AddDealsAsync();
        await AddPeopleAsync();
        foreach (var (recorded, reps) in await plans.TouchedByAsync(
            tenant, [.. PlanReader.Categories.SelectMany(category => byCategory[category])], cancellation))
        {
            Add(reps, PlanCause(recorded));
        }

        await AddRelatedAsync();
        return causes.ToDictionary(
            rep => rep.Key, rep => (IReadOnlyList<PossibleCause>)[.. rep.Value.OrderBy(cause => cause.Position)]);

        void Add(IEnumerable<RepId> reps, params IEnumerable<PossibleCause> because)
        {
            foreach (var rep in reps)
            {
                if (!causes.TryGetValue(rep, out var known))
                {
                    causes.Add(rep, known = []);
                }

                known.UnionWith(because);
            }
        }

        async Task AddDealsAsync()
        {
            foreach (var recorded in byCategory[StreamKinds.Deals.Category])
            {
                AddDeal(IdOf(recorded), recorded);
            }

            var contracts = byCategory[StreamKinds.Contracts.Category].ToLookup(IdOf, StringComparer.Ordinal);
            foreach (var (contract, deal) in await DealsOfContractsAsync(tenant, [.. contracts.Select(same => same.Key)], cancellation))
            {
                AddAll(deal, contracts[contract]);
            }

            var accounts = byCategory[StreamKinds.Assignments.Category].ToLookup(IdOf, StringComparer.Ordinal);
            foreach (var (account, deal) in await credits.DealsOfAccountsAsync(
                tenant, [.. accounts.Select(same => same.Key)], cancellation))
            {
                AddAll(deal, accounts[account]);
            }

            credits.Forget(tenant, deals.Keys);
            foreach (var chunk in deals.Keys.Chunk(DealsAtOnce))
            {
                foreach (var (deal, reps) in await EverCreditedAsync(tenant, chunk, cancellation))
                {
                    Add(reps, deals[deal]);
                }
            }
        }

        void AddAll(string deal, IEnumerable<RecordedEvent> because)
        {
            foreach (var recorded in because)
            {
                AddDeal(deal, recorded);
            }
        }

        void AddDeal(string deal, RecordedEvent recorded)
        {
            if (!deals.TryGetValue(deal, out var because))
            {
                deals.Add(deal, because = []);
            }

            because.Add(Cause(recorded, CauseKind.Deal, deal));
        }

        async Task AddPeopleAsync()
        {
            RecordedEvent[] people = [.. byCategory[StreamKinds.Reps.Category], .. byCategory[StreamKinds.Quotas.Category]];
            var streams = await store.ReadStreamsAsync(
                tenant, [.. people.Select(recorded => recorded.Stream).Distinct(StringComparer.Ordinal)], cancellation);
            var named = streams.ToDictionary(stream => stream.Key, stream => NamedIn(stream.Value), StringComparer.Ordinal);
            foreach (var recorded in byCategory[StreamKinds.Reps.Category])
            {
                Add(named[recorded.Stream].Append(new(IdOf(recorded))), Cause(recorded, CauseKind.Organisation));
            }

            foreach (var recorded in byCategory[StreamKinds.Quotas.Category])
            {
                Add(named[recorded.Stream], Cause(recorded, CauseKind.Quota));
            }
        }

        // Managers earn on the credit of those below, and contests are won against others.
        async Task AddRelatedAsync()
        {
            RepId[] direct = [.. causes.Keys];
            var own = causes.ToDictionary(rep => rep.Key, rep => rep.Value.ToArray());
            foreach (var (rep, managers) in await teams.AboveAsync(tenant, direct, cancellation))
            {
                Add(managers, own[rep]);
            }

            foreach (var (rep, rivals) in await plans.RivalsAsync(tenant, direct, cancellation))
            {
                Add(rivals, own[rep]);
            }
        }
    }

    private bool StaysUnwon(RecordedEvent recorded)
    {
        var deal = (recorded.Tenant, recorded.Stream);
        if (!unwon.TryGetValue(deal, out var known) || recorded.Version > known + 1 || recorded.Type == Won)
        {
            unwon.Remove(deal);
            return false;
        }

        unwon[deal] = Math.Max(known, recorded.Version);
        return true;
    }

    private void KeepUnwon(string tenant, IEnumerable<KeyValuePair<string, IReadOnlyList<RecordedEvent>>> streams)
    {
        if (unwon.Count > KeptMax)
        {
            unwon.Clear();
        }

        foreach (var (stream, events) in streams)
        {
            unwon[(tenant, stream)] = events.Count;
        }
    }

    /// <summary>Everybody who was ever named by deals that were ever won, or by the assignments of their accounts.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<RepId>>> EverCreditedAsync(
        string tenant, IReadOnlyList<string> dealIds, CancellationToken cancellation)
    {
        var streams = await store.ReadStreamsAsync(tenant, [.. dealIds.Select(StreamKinds.Deals.NameOf)], cancellation);
        var areWon = streams.ToLookup(stream => stream.Value.Any(recorded => recorded.Type == Won));
        KeepUnwon(tenant, areWon[false]);
        var won = areWon[true].Select(stream => (Id: StreamName.IdOf(stream.Key), Facts: FactsOf(stream.Value))).ToArray();
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

    /// <summary>The deals that contracts were made for.</summary>
    private async Task<IReadOnlyList<(string ContractId, string DealId)>> DealsOfContractsAsync(
        string tenant, IReadOnlyList<string> contractIds, CancellationToken cancellation)
    {
        var streams = await store.ReadStreamsAsync(tenant, [.. contractIds.Select(StreamKinds.Contracts.NameOf)], cancellation);
        return
        [
            .. contractIds.SelectMany(id => FactsOf(streams[StreamKinds.Contracts.NameOf(id)])
                .OfType<ContractEvent.Drafted>().Select(drafted => drafted.DealId?.Value).OfType<string>().Distinct()
                .Select(deal => (id, deal))),
        ];
    }

    /// <summary>The managers that a rep ever had, or the rep that a quota is for.</summary>
    private static RepId[] NamedIn(IReadOnlyList<RecordedEvent> stream) =>
    [
        .. FactsOf(stream).Select(@event => @event switch
        {
            RepEvent e => ManagerLines.ManagerIn(e),
            QuotaEvent.Assigned { Terms.Holder: { Kind: QuotaHolderKind.Rep } holder } => new RepId(holder.Id),
            _ => (RepId?)null,
        }).OfType<RepId>().Distinct(),
    ];

    private static PossibleCause Cause(RecordedEvent recorded, CauseKind kind, string? deal = null) =>
        new(recorded.Id, recorded.Position, kind, deal);

    private static PossibleCause PlanCause(RecordedEvent recorded) => recorded.ToFact().Event switch
    {
        CompPlanEvent.Published e => Cause(recorded, CauseKind.Plan) with { PlanId = new(IdOf(recorded)), PlanVersion = e.Number },
        RepPlanEvent.Assigned e => Cause(recorded, CauseKind.Plan) with { PlanId = e.PlanId },
        RateEvent => Cause(recorded, CauseKind.Rate),
        _ => Cause(recorded, CauseKind.Plan),
    };

    private static string IdOf(RecordedEvent recorded) => StreamName.IdOf(recorded.Stream);

    private static object[] FactsOf(IReadOnlyList<RecordedEvent> stream) => [.. stream.Select(recorded => recorded.ToFact().Event)];
}
