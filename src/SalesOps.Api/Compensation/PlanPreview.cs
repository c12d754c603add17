using SalesOps.Api.Ledger;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Compensation;

/// <summary>A rep's pay by what is in force and by a draft, in one currency: the lines that lie in the time looked at.</summary>
/// <param name="Block">Why one of them can't be told.</param>
internal sealed record ComparedPay(
    RepId RepId, string Currency, IReadOnlyList<string> PlansBefore, IReadOnlyList<JournalLine> Before,
    IReadOnlyList<JournalLine> After, CalculationEvent.Blocked? Block);

/// <summary>
/// Pays reps by the draft of a plan over a time of real history, as if it had been published and assigned in it: the
/// calculation is that of the ledger, on streams that have in mind what nobody has recorded.
/// </summary>
/// <param name="known">The streams without it.</param>
/// <param name="days">The time for which the draft is taken to be in force.</param>
internal sealed class PlanPreview(
    DatabasePools pools, EventStore store, string tenant, PayStreams known, PlanId planId, CompPlan plan, Period days)
{
    private const int RepsAtOnce = 100;

    private readonly BusinessCalendar calendar = BusinessCalendar.Utc;
    private readonly PayReaders readers = PayReaders.Of(pools, known);

    /// <summary>Who is compared, by id: those asked for, else whoever the plan pays, else everybody with a plan.</summary>
    public async Task<(IReadOnlyList<RepId> Reps, Rejection? Refusal)> RepsAsync(
        IReadOnlyList<RepId>? asked, int most, CancellationToken cancellation)
    {
        if (asked is not null)
        {
            var streams = await known.ReadStreamsAsync(
                tenant, [.. asked.Select(rep => StreamKinds.Reps.NameOf(rep.Value))], cancellation);
            foreach (var (index, rep) in asked.Index())
            {
                if (streams[StreamKinds.Reps.NameOf(rep.Value)] is [])
                {
                    return ([], Rejection.Invalid(
                        "rep-unknown", $"There is no rep '{rep}'.", $"/repIds/{LedgerPeriods.Text(index)}"));
                }
            }
        }

        var reps = asked ?? await readers.Plans.RepsOnAsync(tenant, [planId], cancellation);
        reps = asked is null && reps is [] ? await readers.Plans.RepsOnAsync(tenant, plans: null, cancellation) : reps;
        return reps.Count > most
            ? ([], Rejection.Invalid("too-many-reps", $"At most {most} reps are compared at once: name some.", "/repIds"))
            : ([.. reps.Distinct().OrderBy(rep => rep.Value, StringComparer.Ordinal)], null);
    }

    /// <summary>The pay of reps either way, by rep and currency.</summary>
    /// <param name="target">By the draft, per plan period; that of each rep's assignment where absent.</param>
    /// <param name="today">What takes effect later is left out.</param>
    public async Task<IReadOnlyList<ComparedPay>> CompareAsync(
        IReadOnlyList<RepId> reps, Money? target, DateOnly today, CancellationToken cancellation)
    {
        var terms = await readers.Plans.TermsOfAsync(tenant, reps, cancellation);
        var draft = PayReaders.Of(
            pools,
            new PayStreams(store)
            {
                Until = known.Until,
                Supposed = [.. Published(), .. reps.SelectMany(rep => Assigned(rep, terms.GetValueOrDefault(rep)?.Terms ?? [], target))],
            },
            readers.Credits);
        var compared = new List<ComparedPay>();
        foreach (var chunk in reps.Chunk(RepsAtOnce))
        {
            var before = await readers.Inputs.OfAsync(tenant, chunk, today, cancellation);
            var after = await draft.Inputs.OfAsync(tenant, chunk, today, cancellation);
            compared.AddRange(chunk.SelectMany(rep => Compare(
                rep, terms.GetValueOrDefault(rep)?.Terms ?? [], before.GetValueOrDefault(rep), after.GetValueOrDefault(rep), today)));
        }

        return compared;
    }

    private IEnumerable<ComparedPay> Compare(
        RepId rep, IReadOnlyList<PlanTerm> terms, RepPay? before, RepPay? after, DateOnly today)
    {
        var (was, would) = (TargetOf(before, today), TargetOf(after, today));
        string[] plans =
        [
            .. terms.Where(term => term.From < days.To && !(term.To <= days.From)).Select(term => term.Version.Name).Distinct(),
        ];
        return was.Lines.Concat(would.Lines).Select(line => line.Amount.Currency).Append(plan.Draft!.Currency)
            .Distinct().Order(StringComparer.Ordinal)
            .Select(currency => new ComparedPay(
                rep, currency, plans, [.. was.Lines.Where(line => line.Amount.Currency == currency)],
                [.. would.Lines.Where(line => line.Amount.Currency == currency)], was.Block ?? would.Block));
    }

    private PayTarget TargetOf(RepPay? pay, DateOnly today)
    {
        var target = pay is null ? new([], null) : PayTarget.Of(pay, today);
        return target with { Lines = [.. target.Lines.Where(line => days.Contains(line.On))] };
    }

    /// <summary>The draft as a version from the first day on, in the place of all that came into force later.</summary>
    private IEnumerable<RecordedEvent> Published()
    {
        var published = new CompPlanEvent.Published(
            plan.Versions.Select(version => version.Number).DefaultIfEmpty(0).Max() + 1, PlanHash.Of(plan.Draft!), plan.Draft!);
        var from = calendar.StartOf(days.From);
        if (plan.Versions is [var first, ..] && first.From >= from)
        {
            // The first version counts from the start of each assignment: it keeps what came before.
            yield return Suppose(
                StreamKinds.CompPlans.NameOf(planId.Value), new CompPlanEvent.Published(first.Number, first.Hash, first.Plan),
                DateTimeOffset.UnixEpoch);
        }

        yield return Suppose(StreamKinds.CompPlans.NameOf(planId.Value), published, from);
        foreach (var later in plan.Versions.Where(version => version.From > from))
        {
            yield return Suppose(StreamKinds.CompPlans.NameOf(planId.Value), published, later.From);
        }
    }

    /// <summary>Its assignment to a rep whom it doesn't pay all the time, in the place of whatever else did.</summary>
    private IEnumerable<RecordedEvent> Assigned(RepId rep, IReadOnlyList<PlanTerm> terms, Money? target)
    {
        PlanTerm[] within = [.. terms.Where(term => term.From < days.To && !(term.To <= days.From))];
        if (target is null && within.Any(term => term.Version.Id == planId))
        {
            return [];
        }

        DateOnly[] starts = [days.From, .. within.Select(term => term.From).Where(start => start > days.From)];
        return starts.Distinct().Select(start => Suppose(
            StreamKinds.RepPlans.NameOf(rep.Value),
            new RepPlanEvent.Assigned(planId, start, To: null, target ?? TargetOf(within, start)),
            calendar.StartOf(start)));
    }

    private Money? TargetOf(PlanTerm[] terms, DateOnly start) =>
        terms.LastOrDefault(term => term.From <= start) is { TargetVariable: { } amount } term
        && term.Version.Plan.Currency == plan.Draft!.Currency
            ? new Money(amount, term.Version.Plan.Currency)
            : null;

    private RecordedEvent Suppose(string stream, object @event, DateTimeOffset effectiveAt)
    {
        var encoded = EventEncoding.ToNewEvent(
            @event, Guid.NewGuid(), new EventHeaders { EffectiveAt = effectiveAt, Actor = CommissionPoster.Actor });
        return PayStreams.Suppose(tenant, stream, encoded);
    }
}
