using System.Globalization;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Ledger;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Reps;
using SalesOps.Store;

namespace SalesOps.Benchmarks;

/// <summary>
/// A year of a sales force: reps with so many won deals each month and a plan to be paid by, or what was posted of it. The
/// same seed gives the same history.
/// </summary>
internal sealed class LedgerHistory(int seed, int reps, int dealsPerMonth)
{
    private const int Months = 12;
    private const int AppendStreams = 500;
    private const int AtOnce = 4;

    private static readonly DateOnly start = new(2025, 1, 1);
    private static readonly PlanId planId = new("plan");
    private static readonly StageKey stage = new("prospecting");

    private readonly Random random = new(seed);

    public int Credits => reps * Months * dealsPerMonth;

    public string RepId(int number) => string.Create(CultureInfo.InvariantCulture, $"r{number % reps:0000}");

    /// <summary>A month of the year.</summary>
    public static string MonthOf(int number) => Period.MonthOf(start.AddMonths(number % Months)).MonthKey;

    /// <summary>Reps, their deals, and a published plan that nobody is assigned to yet.</summary>
    public Task WriteDealsAsync(EventStore store, CancellationToken cancellation)
    {
        var plan = new Plan("Plan", "USD", PlanPeriod.Month,
        [
            new Component(
                "base", Measure.Bookings, new RateTable(RateKind.Marginal, RateUnit.Amount, [new(0, 0.05m), new(200_000, 0.08m)])),
        ]);
        return AppendAsync(
            store,
            Deals().Prepend(new(StreamKinds.CompPlans.NameOf(planId.Value), null,
            [
                Encode(new CompPlanEvent.Drafted(plan), start), Encode(new CompPlanEvent.Published(1, PlanHash.Of(plan), plan), start),
            ])),
            cancellation);
    }

    /// <summary>Everybody is paid by the plan from the first day on.</summary>
    public Task AssignAsync(EventStore store, CancellationToken cancellation) => AppendAsync(
        store,
        Enumerable.Range(0, reps).Select(rep => new StreamWrite(
            StreamKinds.RepPlans.NameOf(RepId(rep)), null, [Encode(new RepPlanEvent.Assigned(planId, start), start)])),
        cancellation);

    /// <summary>A journal for each rep and month; each deal is earned and becomes due.</summary>
    public Task WriteJournalsAsync(EventStore store, CancellationToken cancellation) => AppendAsync(
        store,
        from rep in Enumerable.Range(0, reps)
        from month in Enumerable.Range(0, Months)
        select new StreamWrite($"ledger/{RepId(rep)}/{MonthOf(month)}", null, [Encode(JournalOf(rep, month), start.AddMonths(month))]),
        cancellation);

    private IEnumerable<StreamWrite> Deals()
    {
        for (var rep = 0; rep < reps; rep++)
        {
            var stream = StreamKinds.Reps.NameOf(RepId(rep));
            yield return new(stream, null, [Encode(new RepEvent.Registered(new($"Rep {rep}")), start, stream)]);
            for (var number = 0; number < Months * dealsPerMonth; number++)
            {
                var on = DayOf(number / dealsPerMonth, number);
                yield return new($"deal/{DealId(rep, number)}", null,
                [
                    Encode(new DealEvent.Opened("Deal", Pipeline.DefaultId, stage, null, new(RepId(rep)), Amount(), on), start),
                    Encode(new DealEvent.Won(on), on),
                ]);
            }
        }
    }

    private LedgerEvent.JournalPosted JournalOf(int rep, int month)
    {
        var lines = new List<JournalLine>();
        for (var number = 0; number < dealsPerMonth; number++)
        {
            var deal = DealId(rep, (month * dealsPerMonth) + number);
            foreach (var kind in new[] { PostingKind.Earned, PostingKind.Released })
            {
                lines.Add(JournalLine.Of(kind, DayOf(month, number), Amount(), "marginal") with
                {
                    CreditId = deal,
                    DealId = new(deal),
                    Component = "base",
                    PlanId = planId,
                    PlanVersion = 1,
                    Inputs = [new("credited", "1234.56"), new("rate", "0.075")],
                    Sources = [Guid.Empty.ToString()],
                });
            }
        }

        var first = start.AddMonths(month);
        return new(JournalSource.Calculation, new(RepId(rep)), MonthOf(month), MonthOf(month), first, [.. lines], null, "bench");
    }

    private static string DealId(int rep, int number) => string.Create(CultureInfo.InvariantCulture, $"{rep:0000}-{number:0000}");

    private static DateOnly DayOf(int month, int number) => start.AddMonths(month).AddDays(number % 28);

    private Money Amount() => new(random.Next(10_000, 500_000) / 100m, "USD");

    private static NewEvent Encode(object @event, DateOnly effectiveOn, string? stream = null) => EventEncoding.ToNewEvent(
        @event, Guid.CreateVersion7(), new() { EffectiveAt = BusinessCalendar.Utc.StartOf(effectiveOn), Actor = "bench" }, stream);

    private static async Task AppendAsync(EventStore store, IEnumerable<StreamWrite> writes, CancellationToken cancellation)
    {
        var waiting = new Queue<Task<AppendOutcome>>();
        var size = 0;
        foreach (var chunk in writes.Chunk(AppendStreams).SelectMany(chunk => ByWeight(chunk)))
        {
            waiting.Enqueue(store.AppendAsync(new(BenchDatabase.Tenant, chunk), cancellation));
            size++;
            if (waiting.Count == AtOnce)
            {
                await AppendedAsync(waiting.Dequeue());
            }
        }

        while (waiting.TryDequeue(out var last))
        {
            await AppendedAsync(last);
        }

        Progress.Say($"{size} appends");
    }

    /// <summary>Appends of a megabyte at most.</summary>
    private static IEnumerable<IReadOnlyList<StreamWrite>> ByWeight(StreamWrite[] writes)
    {
        const int BytesMax = 1_000_000;
        var (part, bytes) = (new List<StreamWrite>(), 0);
        foreach (var write in writes)
        {
            var weight = write.Events.Sum(@event => @event.Data.Length);
            if (part is not [] && bytes + weight > BytesMax)
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(write);
            bytes += weight;
        }

        yield return part;
    }

    private static async Task AppendedAsync(Task<AppendOutcome> append)
    {
        if (await append is not AppendOutcome.Appended)
        {
            throw new InvalidOperationException($"An append of the history came to {await append}.");
        }
    }
}
