using System.Collections.Concurrent;
using System.Globalization;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Calculates reps' pay and posts what is missing: each append has the versions of the ledgers that it was decided on and
/// guards the periods that it posts in, so that two who do it at once post once, also across a close.
/// </summary>
internal sealed partial class CommissionPoster(
    PayInputs inputs, EventStore store, TimeProvider time, ILogger<CommissionPoster> logger)
{
    /// <summary>Who has recorded what the calculation posts.</summary>
    public const string Actor = "compensation";

    private const int RepsAtOnce = 25;
    private const int TriesMax = 5;
    private const int TargetsMax = 500_000;

    /// <summary>By ledger: the target that was posted last, so that what is as before needs no read.</summary>
    private readonly ConcurrentDictionary<(string Tenant, string Ledger), Fingerprint> posted = new();

    /// <summary>By rep: what was last said of the calculation.</summary>
    private readonly ConcurrentDictionary<(string Tenant, RepId Rep), CalculationEvent.Blocked?> said = new();

    /// <summary>Forgets what was posted, when another process may have posted since.</summary>
    public void ForgetAll()
    {
        posted.Clear();
        said.Clear();
    }

    /// <summary>Posts what is missing of some reps' pay; while that of some is written, that of the next is read.</summary>
    /// <param name="reps">With the events that gave rise to it, in the order of the log; none where time did.</param>
    /// <param name="today">What counts from a later day on is not posted yet.</param>
    public async Task PostAsync(
        string tenant, IEnumerable<KeyValuePair<RepId, IReadOnlyList<PossibleCause>>> reps, DateOnly today,
        CancellationToken cancellation)
    {
        var writing = Task.CompletedTask;
        try
        {
            foreach (var chunk in reps.Chunk(RepsAtOnce))
            {
                var found = await inputs.OfAsync(tenant, [.. chunk.Select(rep => rep.Key)], today, cancellation);
                await writing;
                writing = Task.WhenAll(chunk
                    .Where(rep => found.ContainsKey(rep.Key))
                    .Select(rep => PostAsync(tenant, rep.Key, found[rep.Key], rep.Value, today, cancellation)));
            }
        }
        finally
        {
            await writing;
        }
    }

    /// <summary>Where the books are open now.</summary>
    public async Task<PostingCalendar> CalendarAsync(string tenant, CancellationToken cancellation) => await CalendarAsync(
        tenant, await store.ReadStreamAsync(tenant, StreamKinds.Books.NameOf(Books.Id), cancellation), cancellation);

    /// <summary>
    /// What the events come to now that is not posted, by origin month; nothing where the books are right. The second is
    /// why nothing can be calculated.
    /// </summary>
    public async Task<(IReadOnlyDictionary<string, IReadOnlyList<JournalLine>> Missing, CalculationEvent.Blocked? Block)> MissingAsync(
        string tenant, RepId rep, DateOnly today, CancellationToken cancellation)
    {
        var missing = new Dictionary<string, IReadOnlyList<JournalLine>>(StringComparer.Ordinal);
        if (!(await inputs.OfAsync(tenant, [rep], today, cancellation)).TryGetValue(rep, out var pay))
        {
            return (missing, null);
        }

        var (lines, block) = PayTarget.Of(pay, today);
        if (block is not null)
        {
            return (missing, block);
        }

        var target = TargetByMonth(lines);
        var months = MonthsOf(pay, today);
        var streams = await store.ReadStreamsAsync(
            tenant, [.. months.Select(month => StreamKinds.Ledgers.NameOf(RepLedger.IdOf(rep, month)))], cancellation);
        foreach (var (month, _, due) in Missing(rep, months, target, streams))
        {
            missing.Add(month, due);
        }

        return (missing, null);
    }

    /// <summary>The months in whose ledgers something is missing, with what.</summary>
    private static IEnumerable<(string Month, Timeline<RepLedger, LedgerEvent> Ledger, IReadOnlyList<JournalLine> Lines)> Missing(
        RepId rep, IEnumerable<string> months, ILookup<string, JournalLine> target,
        IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>> streams)
    {
        foreach (var month in months)
        {
            var recorded = streams[StreamKinds.Ledgers.NameOf(RepLedger.IdOf(rep, month))];
            var ledger = StreamKinds.Ledgers.EmptyTimeline(month).With([.. recorded.Select(@event => @event.ToFact())]);
            if (TrueUp.Of(target[month], ledger.Latest.Calculated) is [_, ..] lines)
            {
                yield return (month, ledger, lines);
            }
        }
    }

    private static ILookup<string, JournalLine> TargetByMonth(IEnumerable<JournalLine> lines) =>
        lines.ToLookup(line => Period.MonthOf(line.On).MonthKey, StringComparer.Ordinal);

    private static string[] MonthsOf(RepPay pay, DateOnly today) =>
        [.. new Period(pay.Earliest, today.AddDays(1)).Months().Select(month => month.MonthKey)];

    private async Task PostAsync(
        string tenant, RepId rep, RepPay pay, IReadOnlyList<PossibleCause> causes, DateOnly today, CancellationToken cancellation)
    {
        var (lines, block) = PayTarget.Of(pay, today);
        await SayAsync(tenant, rep, block, cancellation);
        if (block is not null)
        {
            LogBlocked(rep.Value, block.Code);
            return;
        }

        var target = TargetByMonth(lines);
        var changed = MonthsOf(pay, today)
            .Select(month => (Month: month, Target: Fingerprint.Of(target[month])))
            .Where(month => !posted.TryGetValue((tenant, RepLedger.IdOf(rep, month.Month)), out var known) || known != month.Target)
            .ToArray();
        if (changed is [])
        {
            return;
        }

        string[] months = [.. changed.Select(month => month.Month)];
        for (var tries = 0; ; tries++)
        {
            if (await TryPostAsync(tenant, rep, months, target, causes, cancellation))
            {
                break;
            }

            if (tries == TriesMax)
            {
                throw new TimeoutException($"The ledger of {rep} moves too fast to post in it.");
            }
        }

        if (posted.Count > TargetsMax)
        {
            posted.Clear();
        }

        foreach (var (month, fingerprint) in changed)
        {
            posted[(tenant, RepLedger.IdOf(rep, month))] = fingerprint;
        }
    }

    /// <summary>Whether everything that was missing is posted; false where something has moved meanwhile.</summary>
    private async Task<bool> TryPostAsync(
        string tenant, RepId rep, string[] months, ILookup<string, JournalLine> target, IReadOnlyList<PossibleCause> causes,
        CancellationToken cancellation)
    {
        var books = StreamKinds.Books.NameOf(Books.Id);
        var streams = await store.ReadStreamsAsync(
            tenant, [.. months.Select(month => StreamKinds.Ledgers.NameOf(RepLedger.IdOf(rep, month))), books], cancellation);
        var missing = Missing(rep, months, target, streams).ToArray();
        if (missing is [])
        {
            return true;
        }

        var calendar = await CalendarAsync(tenant, streams[books], cancellation);
        var moved = LineCauses.Of([.. missing.SelectMany(month => month.Lines)], causes);
        var writes = new List<StreamWrite>();
        var periods = new HashSet<string>(StringComparer.Ordinal);
        var first = 0;
        foreach (var (month, ledger, lines) in missing)
        {
            var posting = calendar.PeriodFor(Period.Find(month)!.Value.From);
            var journal = CommissionJournal.Post(
                rep, month, posting, lines, moved.Skip(first).Take(lines.Count).ToArray(), CompensationEngine.Version);
            if (RepLedger.Post(ledger.Latest, journal) is { Rejection: { } rejection })
            {
                throw new InvariantViolationException($"A journal that was computed is refused: {rejection.Detail}");
            }

            first += lines.Count;
            periods.Add(posting.MonthKey);
            writes.Add(new(
                StreamKinds.Ledgers.NameOf(RepLedger.IdOf(rep, month)), ledger.Version,
                [Encode(journal, BusinessCalendar.Utc.StartOf(posting.From))]));
        }

        var append = new Append(tenant, writes)
        {
            Guards = [.. periods.Select(period => new Guard(StreamKinds.Periods.NameOf(period), 0)), new(books, streams[books].Count)],
            CausationId = moved.LastOrDefault(cause => cause is not null)?.EventId.ToString(),
        };
        return await AppendAsync(append, cancellation);
    }

    /// <summary>Where the books are open: the versions of the months' streams tell, which the append then guards.</summary>
    private async Task<PostingCalendar> CalendarAsync(
        string tenant, IReadOnlyList<RecordedEvent> books, CancellationToken cancellation)
    {
        var state = StreamKinds.Books.EmptyTimeline(Books.Id).With([.. books.Select(recorded => recorded.ToFact())]).Latest;
        if (state.FirstPeriod is not { } first)
        {
            return new(FirstOpen: null);
        }

        var last = BusinessCalendar.Utc.DateOf(time.GetUtcNow()).AddMonths(2);
        var months = new Period(Period.Find(first)!.Value.From, last).Months();
        var versions = await store.StreamVersionsAsync(
            tenant, [.. months.Select(month => StreamKinds.Periods.NameOf(month.MonthKey))], cancellation);
        return new(months.Zip(versions).First(month => month.Second == 0).First.From);
    }

    /// <summary>Records that the pay of a rep can't be calculated, or can again; nothing where it is known.</summary>
    private async Task SayAsync(string tenant, RepId rep, CalculationEvent.Blocked? block, CancellationToken cancellation)
    {
        if (said.TryGetValue((tenant, rep), out var known) && known == block)
        {
            return;
        }

        var stream = StreamKinds.Calculations.NameOf(rep.Value);
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var recorded = await store.ReadStreamAsync(tenant, stream, cancellation);
            var timeline = StreamKinds.Calculations.EmptyTimeline(rep.Value).With([.. recorded.Select(fact => fact.ToFact())]);
            if (RepCalculation.Say(timeline.Latest, block) is not { Events: [var news] }
                || await AppendAsync(
                    new(tenant, [new(stream, timeline.Version, [Encode(news, time.GetUtcNow())])]), cancellation))
            {
                said[(tenant, rep)] = block;
                return;
            }
        }
    }

    private async Task<bool> AppendAsync(Append append, CancellationToken cancellation) =>
        await store.AppendAsync(append, cancellation) switch
        {
            AppendOutcome.Appended => true,
            // What is not known to be there is looked for again: the difference to it is posted, or nothing.
            AppendOutcome.Conflict or AppendOutcome.Unknown => false,
            AppendOutcome.Unavailable => throw new TimeoutException("The database is not to be had."),
            var outcome => throw new InvariantViolationException(
                string.Create(CultureInfo.InvariantCulture, $"{outcome.GetType().Name} is no outcome for a journal.")),
        };

    private NewEvent Encode(object @event, DateTimeOffset effectiveAt)
    {
        var now = time.GetUtcNow();
        return EventEncoding.ToNewEvent(@event, Guid.CreateVersion7(now), new EventHeaders
        {
            EffectiveAt = effectiveAt.AddTicks(-(effectiveAt.Ticks % TimeSpan.TicksPerMicrosecond)),
            Actor = Actor,
        });
    }

    [LoggerMessage(LogLevel.Warning, "The pay of rep {Rep} can't be calculated: {Code}")]
    private partial void LogBlocked(string rep, string code);

    /// <summary>Tells one target from another.</summary>
    private readonly record struct Fingerprint(int Count, decimal Total, int Hash)
    {
        public static Fingerprint Of(IEnumerable<JournalLine> lines)
        {
            var (count, total, hash) = (0, 0m, default(HashCode));
            foreach (var line in lines)
            {
                count++;
                total += line.Amount.Amount;
                hash.Add(line.Key);
                hash.Add(line.Amount.Amount);
            }

            return new(count, total, hash.ToHashCode());
        }
    }
}
