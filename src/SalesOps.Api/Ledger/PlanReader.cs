using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>The versions of plans in force for a rep.</summary>
/// <param name="Terms">In the order of their days.</param>
/// <param name="Earliest">The first day that any assignment ever named, taken back or not.</param>
internal sealed record RepTerms(IReadOnlyList<PlanTerm> Terms, DateOnly Earliest);

/// <summary>Reads plans, who is paid by them, and the rates of exchange, from their streams.</summary>
internal sealed class PlanReader(DatabasePools pools, PayStreams store)
{
    public static IReadOnlyList<string> Categories { get; } =
        [StreamKinds.CompPlans.Category, StreamKinds.RepPlans.Category, StreamKinds.RateBooks.Category];

    /// <summary>The terms of those of some reps that have, or ever had, plans.</summary>
    public async Task<IReadOnlyDictionary<RepId, RepTerms>> TermsOfAsync(
        string tenant, IReadOnlyCollection<RepId> reps, CancellationToken cancellation)
    {
        var streams = await store.ReadStreamsAsync(
            tenant, [.. reps.Select(rep => StreamKinds.RepPlans.NameOf(rep.Value))], cancellation);
        var paid = reps.Where(rep => streams[StreamKinds.RepPlans.NameOf(rep.Value)] is not [])
            .ToDictionary(rep => rep, rep => TimelineOf(StreamKinds.RepPlans, rep.Value, streams));
        PlanId[] ids = [.. paid.Values.SelectMany(rep => rep.Latest.Assignments).Select(known => known.PlanId).Distinct()];
        var plans = await PlansAsync(tenant, ids, cancellation);
        return paid
            .Where(rep => FirstDaysOf(rep.Value).Any())
            .ToDictionary(
                rep => rep.Key,
                rep => new RepTerms(
                    rep.Value.Latest.Terms(plans.GetValueOrDefault, BusinessCalendar.Utc), FirstDaysOf(rep.Value).Min()));
    }

    /// <summary>The reps that are, or ever were, paid by some plans; by any where none is named.</summary>
    public async Task<IReadOnlyList<RepId>> RepsOnAsync(
        string tenant, IReadOnlyCollection<PlanId>? plans, CancellationToken cancellation)
    {
        if (plans is null)
        {
            return [.. (await IdsAsync(tenant, StreamKinds.RepPlans.Category, cancellation)).Select(id => new RepId(id))];
        }

        var byPlan = await RepsByPlanAsync(tenant, cancellation);
        return [.. plans.SelectMany(plan => byPlan[plan]).Distinct()];
    }

    /// <summary>A plan with all that is known of it.</summary>
    public async Task<CompPlan> PlanAsync(string tenant, PlanId id, CancellationToken cancellation) =>
        (await PlansAsync(tenant, [id], cancellation))[id];

    /// <summary>The ids of all plans.</summary>
    public Task<IReadOnlyList<string>> PlanIdsAsync(string tenant, CancellationToken cancellation) =>
        IdsAsync(tenant, StreamKinds.CompPlans.Category, cancellation);

    /// <summary>Plans as they are at an instant, in the order of the ids.</summary>
    public async Task<IReadOnlyList<(string Id, CompPlan State)>> PlansAtAsync(
        string tenant, IReadOnlyList<string> ids, DateTimeOffset at, CancellationToken cancellation)
    {
        var streams = await store.ReadStreamsAsync(tenant, [.. ids.Select(StreamKinds.CompPlans.NameOf)], cancellation);
        return [.. ids.Select(id => (id, TimelineOf(StreamKinds.CompPlans, id, streams).At(at)))];
    }

    /// <summary>All rates of exchange.</summary>
    public async Task<FxRates> RatesAsync(string tenant, CancellationToken cancellation)
    {
        var pairs = await IdsAsync(tenant, StreamKinds.RateBooks.Category, cancellation);
        if (pairs is [])
        {
            return FxRates.None;
        }

        var streams = await store.ReadStreamsAsync(tenant, [.. pairs.Select(StreamKinds.RateBooks.NameOf)], cancellation);
        return new(pairs.SelectMany(pair => TimelineOf(StreamKinds.RateBooks, pair, streams).Latest.QuotesOf(pair)));
    }

    /// <summary>For events of plans, of their assignments and of rates: the reps whose pay each may change.</summary>
    public async Task<IReadOnlyList<(RecordedEvent Recorded, IReadOnlyList<RepId> Reps)>> TouchedByAsync(
        string tenant, IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        var byPlan = events.Any(IsOfPlan) ? await RepsByPlanAsync(tenant, cancellation) : null;
        var all = events.Any(IsOfRates) ? await RepsOnAsync(tenant, plans: null, cancellation) : [];
        return
        [
            .. events.Select(recorded => (recorded, (IReadOnlyList<RepId>)(
                IsOfRates(recorded) ? all
                : IsOfPlan(recorded) ? [.. byPlan![new(StreamName.IdOf(recorded.Stream))]]
                : IsOfRep(recorded) ? [new(StreamName.IdOf(recorded.Stream))]
                : []))),
        ];

        static bool IsOfRates(RecordedEvent recorded) =>
            recorded.Stream.StartsWith(StreamKinds.RateBooks.NameOf(string.Empty), StringComparison.Ordinal);

        // An acceptance changes no pay, a draft pays nobody.
        static bool IsOfRep(RecordedEvent recorded) =>
            recorded.Stream.StartsWith(StreamKinds.RepPlans.NameOf(string.Empty), StringComparison.Ordinal)
            && recorded.ToFact().Event is not RepPlanEvent.Accepted;

        static bool IsOfPlan(RecordedEvent recorded) =>
            recorded.Stream.StartsWith(StreamKinds.CompPlans.NameOf(string.Empty), StringComparison.Ordinal)
            && recorded.ToFact().Event is not CompPlanEvent.Drafted;
    }

    /// <summary>For each of some reps in contests: everybody who is in them.</summary>
    public async Task<IReadOnlyDictionary<RepId, IReadOnlyList<RepId>>> RivalsAsync(
        string tenant, IReadOnlyCollection<RepId> reps, CancellationToken cancellation)
    {
        var rivals = new Dictionary<RepId, IReadOnlyList<RepId>>();
        ILookup<PlanId, RepId>? byPlan = null;
        foreach (var (rep, terms) in await TermsOfAsync(tenant, reps, cancellation))
        {
            PlanId[] contests = [.. terms.Terms.Where(term => IsContest(term.Version.Plan)).Select(term => term.Version.Id).Distinct()];
            if (contests is not [])
            {
                byPlan ??= await RepsByPlanAsync(tenant, cancellation);
                rivals[rep] = [.. contests.SelectMany(plan => byPlan[plan]).Distinct()];
            }
        }

        return rivals;
    }

    /// <summary>Whether what one earns by a plan depends on what others do.</summary>
    public static bool IsContest(Plan plan) =>
        plan.Spiffs.Any(spiff => spiff.Trigger is SpiffTrigger.FirstN or SpiffTrigger.Ranking);

    private static IEnumerable<DateOnly> FirstDaysOf(Timeline<RepPlans, RepPlanEvent> rep) =>
        rep.Facts.Select(fact => fact.Event).OfType<RepPlanEvent.Assigned>().Select(assigned => assigned.From);

    private async Task<Dictionary<PlanId, CompPlan>> PlansAsync(
        string tenant, IReadOnlyList<PlanId> ids, CancellationToken cancellation)
    {
        var streams = await store.ReadStreamsAsync(
            tenant, [.. ids.Select(id => StreamKinds.CompPlans.NameOf(id.Value))], cancellation);
        return ids.ToDictionary(id => id, id => TimelineOf(StreamKinds.CompPlans, id.Value, streams).Latest);
    }

    /// <summary>Who is, or ever was, paid by which plan.</summary>
    private async Task<ILookup<PlanId, RepId>> RepsByPlanAsync(string tenant, CancellationToken cancellation)
    {
        var ids = await IdsAsync(tenant, StreamKinds.RepPlans.Category, cancellation);
        var streams = await store.ReadStreamsAsync(tenant, [.. ids.Select(StreamKinds.RepPlans.NameOf)], cancellation);
        return ids
            .SelectMany(id => streams[StreamKinds.RepPlans.NameOf(id)].Select(recorded => recorded.ToFact().Event)
                .OfType<RepPlanEvent.Assigned>().Select(assigned => (assigned.PlanId, RepId: new RepId(id))).Distinct())
            .ToLookup(pair => pair.PlanId, pair => pair.RepId);
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string tenant, string category, CancellationToken cancellation)
    {
        const string sql = "select id from mt_streams where tenant_id = $1 and starts_with(id, $2) order by id";
        var prefix = category + "/";
        await using var command = pools.Background.CreateCommand(sql);
        command.Parameters.Add(FactParameter.Text(tenant));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = prefix });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            ids.Add(rows.GetString(0)[prefix.Length..]);
        }

        return ids;
    }

    private static Timeline<TState, TEvent> TimelineOf<TState, TEvent>(
        StreamKind<TState, TEvent> kind, string id, IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>> streams)
        where TEvent : class =>
        kind.EmptyTimeline(id).With([.. streams[kind.NameOf(id)].Select(recorded => recorded.ToFact())]);
}
