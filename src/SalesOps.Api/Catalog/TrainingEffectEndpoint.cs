using System.Runtime.CompilerServices;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Catalog;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Reps;
using SalesOps.Store;

namespace SalesOps.Api.Catalog;

/// <summary><c>GET /v1/metrics/training</c></summary>
internal sealed class TrainingEffectEndpoint : IEndpoint
{
    private const int DefaultDays = 90;
    private const int DaysMax = 730;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/training", HandleAsync)
        .WithName("GetTrainingEffect").WithTags("Metrics")
        .WithSummary("What the same reps closed in so many days before a training of a range and in as many after it.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        DateRange range, string? training, int? days, ReadAt at, ChosenFormat format, Caller caller, FactReads reads,
        EventStore store, CancellationToken cancellation)
    {
        var length = days ?? DefaultDays;
        return length is < 1 or > DaysMax
            ? Task.FromResult<IResult>(Problem.BrokenRule(InputError.InParameter(
                "days", "days-range", $"Before and after are 1 to {DaysMax} days.")))
            : reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var trained = new List<(RepId Id, Rep Rep, Training Training)>();
            await foreach (var (id, rep) in RepsAsync(facts, store, caller, asOf, cancellation))
            {
                // Whoever has one again was trained by the first.
                trained.AddRange(rep.Trainings.Where(had => training is null || had.Name == training)
                    .GroupBy(had => had.Name, StringComparer.Ordinal).Select(had => had.MinBy(one => one.CompletedOn)!)
                    .Where(had => !(had.CompletedOn < range.From) && !(had.CompletedOn >= range.To))
                    .Select(had => (id, rep, had)));
            }

            var closed = await ClosedAsync(facts, trained.Select(one => one.Id).ToHashSet());
            var today = caller.Calendar.DateOf(at.ValidAt);
            var effects = new SortedDictionary<string, TrainingEffect>(StringComparer.Ordinal);
            foreach (var (id, rep, had) in trained)
            {
                effects.TryAdd(had.Name, new(length, today));
                effects[had.Name].Add(rep, had.CompletedOn, closed[id]);
            }

            Item[] items = [.. effects.Select(effect => Item.Of(effect.Key, effect.Value))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<(Item Item, MeasureView Measure)>(
                    Columns, items.SelectMany(item => item.Measures.Select(measure => (item, measure))).ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, length, items));
        }

        async Task<ILookup<RepId, ClosedDeal>> ClosedAsync(FactReader facts, HashSet<RepId> reps)
        {
            var deals = new List<ClosedDeal>();
            if (reps.Count > 0)
            {
                await foreach (var deal in facts.ClosedDealsAsync(
                    at.ValidAt, null, null, [DealStatus.Won, DealStatus.Lost], cancellation))
                {
                    if (deal.OwnerId is { } owner && reps.Contains(owner))
                    {
                        deals.Add(deal);
                    }
                }
            }

            return deals.ToLookup(deal => deal.OwnerId!.Value);
        }
    }

    /// <summary>The reps whom the caller sees, as of the two times: their trainings stand in the log alone.</summary>
    private static async IAsyncEnumerable<(RepId Id, Rep Rep)> RepsAsync(
        FactReader facts, EventStore store, Caller caller, AsOfView asOf, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var seen = await facts.SeenRepsAsync(asOf.ValidAt, cancellation);
        var kind = StreamKinds.Reps;
        await foreach (var stream in store.ReadByStreamAsync(caller.Tenant, kind.Category, asOf.Position, cancellation))
        {
            var id = new RepId(stream[0].Stream[(kind.Category.Length + 1)..]);
            if (seen?.Contains(id) != false)
            {
                yield return (
                    id, kind.EmptyTimeline(id.Value).With([.. stream.Select(recorded => recorded.ToFact())]).At(asOf.ValidAt));
            }
        }
    }

    private static CsvColumn<(Item Item, MeasureView Measure)>[] Columns { get; } =
    [
        CsvColumn<(Item Item, MeasureView Measure)>.Text("key", row => row.Item.Key),
        CsvColumn<(Item Item, MeasureView Measure)>.Number("reps", row => row.Item.Reps),
        CsvColumn<(Item Item, MeasureView Measure)>.Text("measure", row => EnumName<MetricMeasure>.Of(row.Measure.Measure)),
        CsvColumn<(Item Item, MeasureView Measure)>.Text("currency", row => row.Measure.Currency),
        Statistic("before", measure => measure.Before),
        Statistic("after", measure => measure.After),
        Statistic("delta", measure => measure.Delta),
        Statistic("deltaPercent", measure => measure.DeltaPercent),
        Statistic("index", measure => measure.Index),
        CsvColumn<(Item Item, MeasureView Measure)>.Text("reason", row => row.Measure.Reason),
    ];

    private static CsvColumn<(Item Item, MeasureView Measure)> Statistic(string name, Func<MeasureView, decimal?> value) =>
        new(name, row => value(row.Measure) is { } number ? RatioText.Write(number) : null);

    /// <param name="Days">How many before a training are compared with as many from it on.</param>
    internal sealed record Response(AsOfView AsOf, int Days, IReadOnlyList<Item> Items);

    /// <param name="Key">The training.</param>
    /// <param name="Reps">Who is compared: the same reps on both sides.</param>
    /// <param name="Excluded">Who was trained and is not, by reason.</param>
    internal sealed record Item(
        string Key, int Reps, IReadOnlyList<ExclusionView> Excluded, IReadOnlyList<MeasureView> Measures)
    {
        public static Item Of(string training, TrainingEffect effect) => new(
            training, effect.Reps,
            [.. effect.Excluded.Select(excluded => new ExclusionView(excluded.Key, excluded.Value))],
            [.. ClosedDealMeasures.All.Select(measure => MeasureView.Of(measure, effect))]);
    }

    internal sealed record ExclusionView(TrainingExclusion Reason, int Reps);

    /// <param name="Currency">Of a measure that is money.</param>
    /// <param name="DeltaPercent">Δ ÷ before, as a ratio.</param>
    /// <param name="Index">100 where both are the same.</param>
    /// <param name="Reason">Why there is no comparison.</param>
    internal sealed record MeasureView(
        MetricMeasure Measure, string? Currency, decimal? Before, decimal? After, decimal? Delta, decimal? DeltaPercent,
        decimal? Index, string? Reason)
    {
        public static MeasureView Of(MetricMeasure measure, TrainingEffect effect)
        {
            var (before, after) = (effect.Before.Of(measure)!.Value, effect.After.Of(measure)!.Value);
            var compared = effect.Compare(measure);
            return new(
                measure,
                measure is MetricMeasure.Bookings or MetricMeasure.AverageDeal
                    ? effect.After.Currency ?? effect.Before.Currency
                    : null,
                before.Value, after.Value, compared?.Delta, compared?.DeltaPercent.Value, compared?.Index.Value,
                compared is null ? after.Reason : compared.Other.Reason ?? compared.Index.Reason);
        }
    }
}
