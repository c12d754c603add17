using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Quotas;
using SalesOps.Store;
using PayCredit = SalesOps.Domain.Compensation.Credit;

namespace SalesOps.Api.Ledger;

/// <summary>What a rep's pay is calculated from.</summary>
/// <param name="Inputs">One for each stretch of plans in one currency with one length of period.</param>
/// <param name="Earliest">The first day for which any plan was ever said to be in force: nothing is posted before it.</param>
internal sealed record RepPay(IReadOnlyList<CompensationInput> Inputs, DateOnly Earliest);

/// <summary>Gathers what pay is calculated from, from the streams themselves.</summary>
internal sealed class PayInputs(PlanReader plans, CreditReader credits, TeamReader teams, PayStreams store)
{
    /// <summary>The inputs of those of some reps that have, or ever had, plans.</summary>
    /// <param name="today">What takes effect later is left out.</param>
    public async Task<IReadOnlyDictionary<RepId, RepPay>> OfAsync(
        string tenant, IReadOnlyCollection<RepId> reps, DateOnly today, CancellationToken cancellation)
    {
        var terms = await plans.TermsOfAsync(tenant, reps, cancellation);
        RepId[] paid = [.. terms.Where(rep => rep.Value.Terms is not []).Select(rep => rep.Key)];
        var reports = await teams.BelowAsync(
            tenant, [.. paid.Where(rep => LevelsOf(terms[rep]) > 0)], cancellation);
        var rivals = await RivalsAsync(tenant, [.. paid.SelectMany(rep => terms[rep].Terms)], cancellation);
        var byRep = await CreditsAsync(tenant, [.. paid, .. reports.SelectMany(below => below.Value), .. rivals.Keys], today, cancellation);
        var lines = await teams.LinesAsync(tenant, [.. reports.Values.SelectMany(below => below).Distinct()], cancellation);
        var quotas = await QuotasAsync(tenant, paid, today, cancellation);
        var rates = await plans.RatesAsync(tenant, cancellation);

        return terms.ToDictionary(
            rep => rep.Key,
            rep => new RepPay(
                [.. Stretches(rep.Value.Terms).Where(stretch => stretch[0].From <= today).Select(stretch => InputOf(rep.Key, stretch))],
                rep.Value.Earliest));

        CompensationInput InputOf(RepId rep, IReadOnlyList<PlanTerm> stretch)
        {
            var (from, levels) = (stretch[0].From, LevelsOf(stretch));
            var own = byRep[rep];
            var theirs = levels == 0 ? [] : reports[rep].SelectMany(report => byRep[report].Select(credit => credit with
            {
                RepId = report.Value,
                Level = lines.LevelOf(rep, report, credit.On) ?? int.MaxValue,
            })).Where(credit => credit.Level <= levels);
            PayCredit[] counted = [.. own.Concat(theirs).Where(credit => credit.On >= from && !(credit.On >= stretch[^1].To))];
            return new(rep.Value, stretch, counted, YearsOf(from, stretch[^1].To, today))
            {
                Quotas = quotas.TryGetValue(rep, out var asked) ? PeriodQuotas(stretch[0].Version.Plan, asked) : [],
                Rates = rates,
                Rivals = [.. RivalsOf(stretch, rivals).Where(rival => rival != rep)
                    .Select(rival => new Rival(rival.Value, [.. byRep[rival]]))],
            };
        }
    }

    private async Task<ILookup<RepId, PayCredit>> CreditsAsync(
        string tenant, IReadOnlyList<RepId> reps, DateOnly today, CancellationToken cancellation)
    {
        string[] ids = [.. reps.Select(rep => rep.Value).Distinct()];
        var deals = await credits.DealsOfAsync(tenant, ids, cancellation);
        var found = await credits.OfDealsAsync(tenant, deals, today, cancellation);
        return found.Values.SelectMany(credited => credited).ToLookup(credit => credit.RepId, credit => credit.Credit);
    }

    /// <summary>Plans one after another that can be reckoned together.</summary>
    private static IEnumerable<IReadOnlyList<PlanTerm>> Stretches(IReadOnlyList<PlanTerm> terms)
    {
        var stretch = new List<PlanTerm>();
        foreach (var term in terms)
        {
            if (stretch is [.., var last] && (last.Version.Plan.Currency, last.Version.Plan.Period) !=
                (term.Version.Plan.Currency, term.Version.Plan.Period))
            {
                yield return [.. stretch[..^1], last with { To = last.To ?? term.From }];
                stretch = [];
            }

            stretch.Add(term);
        }

        if (stretch is not [])
        {
            yield return stretch;
        }
    }

    /// <summary>The calendar years of a stretch: what moves in them is dated by day.</summary>
    private static Period[] YearsOf(DateOnly from, DateOnly? to, DateOnly today)
    {
        var last = Math.Max(from.Year, Math.Min(to?.Year ?? today.Year, today.Year));
        return [.. Enumerable.Range(from.Year, last - from.Year + 1).Select(year => new Period(new(year, 1, 1), new(year + 1, 1, 1)))];
    }

    private static int LevelsOf(RepTerms terms) => LevelsOf(terms.Terms);

    private static int LevelsOf(IReadOnlyList<PlanTerm> terms) =>
        terms.SelectMany(term => term.Version.Plan.Overrides).Select(clause => clause.Level).DefaultIfEmpty(0).Max();

    /// <summary>Who takes part in the contests of plans.</summary>
    private async Task<IReadOnlyDictionary<RepId, IReadOnlyList<PlanId>>> RivalsAsync(
        string tenant, IReadOnlyList<PlanTerm> terms, CancellationToken cancellation)
    {
        var rivals = new Dictionary<RepId, IReadOnlyList<PlanId>>();
        foreach (var plan in terms.Where(term => PlanReader.IsContest(term.Version.Plan)).Select(term => term.Version.Id).Distinct())
        {
            foreach (var rep in await plans.RepsOnAsync(tenant, [plan], cancellation))
            {
                rivals[rep] = [.. rivals.GetValueOrDefault(rep, []), plan];
            }
        }

        return rivals;
    }

    private static IEnumerable<RepId> RivalsOf(
        IReadOnlyList<PlanTerm> stretch, IReadOnlyDictionary<RepId, IReadOnlyList<PlanId>> rivals) => rivals
        .Where(rival => stretch.Any(term => PlanReader.IsContest(term.Version.Plan) && rival.Value.Contains(term.Version.Id)))
        .Select(rival => rival.Key)
        .OrderBy(rep => rep.Value, StringComparer.Ordinal);

    private async Task<IReadOnlyDictionary<RepId, IReadOnlyList<AskedQuota>>> QuotasAsync(
        string tenant, IReadOnlyCollection<RepId> reps, DateOnly today, CancellationToken cancellation)
    {
        var books = await store.ReadStreamsAsync(
            tenant, [.. reps.Select(rep => StreamKinds.QuotaBooks.NameOf(HolderOf(rep)))], cancellation);
        var byRep = reps.ToDictionary(rep => rep, rep => StreamKinds.QuotaBooks.EmptyTimeline(HolderOf(rep))
            .With([.. books[StreamKinds.QuotaBooks.NameOf(HolderOf(rep))].Select(recorded => recorded.ToFact())]).Latest.Entries);
        string[] ids = [.. byRep.Values.SelectMany(entries => entries).Select(entry => entry.QuotaId.Value).Distinct()];
        var streams = await store.ReadStreamsAsync(tenant, [.. ids.Select(StreamKinds.Quotas.NameOf)], cancellation);
        var quotas = ids.ToDictionary(
            id => id,
            id => StreamKinds.Quotas.EmptyTimeline(id)
                .With([.. streams[StreamKinds.Quotas.NameOf(id)].Select(recorded => recorded.ToFact())]),
            StringComparer.Ordinal);
        var asOf = BusinessCalendar.Utc.EndOf(today);
        return byRep.ToDictionary(rep => rep.Key, rep => (IReadOnlyList<AskedQuota>)
        [
            .. rep.Value.Select(entry => quotas[entry.QuotaId.Value])
                .Select(quota => (State: quota.At(asOf), Sources: SourcesOf(quota, asOf)))
                .Where(quota => quota.State.Terms is not null)
                .Select(quota => new AskedQuota(quota.State.Terms!.Measure, quota.State.Effective()!, quota.Sources)),
        ]);
    }

    private static IReadOnlyList<Guid> SourcesOf(Timeline<Quota, QuotaEvent> quota, DateTimeOffset asOf) =>
        [.. quota.Facts.Where(fact => fact.Voided is null && fact.EffectiveAt <= asOf).Select(fact => fact.Id)];

    /// <summary>The months of quotas added up by plan period, whatever periods they were given for.</summary>
    private static IReadOnlyList<PeriodQuota> PeriodQuotas(Plan plan, IReadOnlyList<AskedQuota> quotas) =>
    [
        .. quotas.SelectMany(quota => quota.Effective.Months.Select(month => (quota, month)))
            .GroupBy(entry => (Period: plan.PeriodOf(entry.month.Month), entry.quota.Measure))
            .OrderBy(same => same.Key.Period.From)
            .Select(same => new PeriodQuota(
                same.Key.Period.From, same.Key.Measure,
                same.Sum(entry => entry.month.Amount))
            {
                SourceEvents = [.. same.SelectMany(entry => entry.quota.Sources).Distinct()],
            }),
    ];

    private static string HolderOf(RepId rep) => new QuotaHolder(QuotaHolderKind.Rep, rep.Value).ToString();

    private sealed record AskedQuota(Measure Measure, EffectiveQuota Effective, IReadOnlyList<Guid> Sources);
}
