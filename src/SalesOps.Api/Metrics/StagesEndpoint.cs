using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/stages</c></summary>
internal sealed class StagesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/stages", HandleAsync)
        .WithName("GetStages").WithTags("Metrics")
        .WithSummary("How long the deals that closed in a range stayed in each stage, and how that compares with those before.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    /// <param name="Excluded">Deals that closed before they came into their last stage; their days are not counted.</param>
    internal sealed record Response(
        AsOfView AsOf, ClosedOutcome Outcome, IReadOnlyList<Item> Items, long Deals, long Excluded, SlipView Slips);

    /// <param name="History">Of the deals that closed before the range.</param>
    /// <param name="Pace">The median ÷ that of the history.</param>
    /// <param name="PaceReason">Why there is none.</param>
    /// <param name="Slow">Whether deals take one and a half times as long as they used to, or more.</param>
    internal sealed record Item(
        string Key, string Label, string PipelineId, long Deals, decimal? Mean, decimal? Median, decimal? P90, decimal? Min,
        decimal? Max, string? Reason, DaysView History, decimal? Pace, string? PaceReason, bool Slow, long Skipped, long Regressed);

    /// <summary>Statistics of days.</summary>
    internal sealed record DaysView(long Deals, decimal? Mean, decimal? Median, decimal? P90)
    {
        public static DaysView Of(DayStatistics days) => new(days.Count, days.Mean, days.Median, days.P90);
    }

    /// <param name="Deals">The deals that had an expected close.</param>
    /// <param name="Slipped">Those whose close was put off at least once.</param>
    /// <param name="Pushes">How often in all.</param>
    /// <param name="Rate">Slipped ÷ deals.</param>
    internal sealed record SlipView(long Deals, long Slipped, long Pushes, decimal? Rate, string? Reason);

    private static Task<IResult> HandleAsync(
        DealPathsQuery query, Choice<ClosedOutcome>? outcome, ChosenFormat format, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        return reads.ReadAsync(query.At, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var chosen = outcome?.Value ?? ClosedOutcome.Won;
            var organisation = await facts.OrganisationAsync(cancellation);
            var deals = (await query.DealsAsync(facts, organisation, caller.Calendar, cancellation, fromTheBeginning: true))
                .Where(deal => deal.IsClosed && chosen.Has(deal.Status) && !(deal.ClosedOn >= query.Dates.To))
                .ToArray();
            var pipelines = (await facts.PipelinesAsync(query.At.ValidAt, cancellation))
                .Where(pipeline => query.PipelineIds?.Contains(pipeline.Key.Value, StringComparer.Ordinal)
                    ?? deals.Any(deal => deal.PipelineId == pipeline.Key))
                .OrderBy(pipeline => pipeline.Key.Value, StringComparer.Ordinal)
                .ToDictionary(pipeline => pipeline.Key, pipeline => new StageStatistics(
                    new StageOrder(pipeline.Value), query.Dates.From, caller.Calendar));
            foreach (var deal in deals)
            {
                pipelines.GetValueOrDefault(deal.PipelineId)?.Add(deal);
            }

            Item[] items = [.. pipelines.SelectMany(pipeline => pipeline.Value.Stages.Select(stage => ItemOf(pipeline.Key, stage)))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(
                    asOf, chosen, items, pipelines.Values.Sum(pipeline => pipeline.Deals),
                    pipelines.Values.Sum(pipeline => pipeline.Excluded),
                    SlipsOf(deals.Where(deal => !(deal.ClosedOn < query.Dates.From)))));
        }
    }

    private static SlipView SlipsOf(IEnumerable<DealPath> deals)
    {
        var dated = deals.Where(deal => deal.FirstExpectedClose is not null).ToArray();
        var slipped = dated.Count(deal => deal.Pushes > 0);
        var rate = Ratio.Of(slipped, dated.Length);
        return new(dated.Length, slipped, dated.Sum(deal => (long)deal.Pushes), rate.Value, rate.Reason);
    }

    private static Item ItemOf(PipelineId pipeline, StageFigures stage) => new(
        stage.Stage.Value, stage.Name, pipeline.Value, stage.Days.Count, stage.Days.Mean, stage.Days.Median, stage.Days.P90,
        stage.Days.Min, stage.Days.Max, stage.Days.Count == 0 ? Ratio.NoDenominator : null, DaysView.Of(stage.History),
        stage.Pace.Value, stage.Pace.Reason, stage.IsSlow, stage.Skipped, stage.Regressed);

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("pipelineId", item => item.PipelineId),
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Number("deals", item => item.Deals),
        CsvColumn<Item>.Ratio("mean", item => item.Mean),
        CsvColumn<Item>.Ratio("median", item => item.Median),
        CsvColumn<Item>.Ratio("p90", item => item.P90),
        CsvColumn<Item>.Ratio("historyMedian", item => item.History.Median),
        CsvColumn<Item>.Ratio("pace", item => item.Pace),
        CsvColumn<Item>.Text("slow", item => item.Slow ? "true" : "false"),
        CsvColumn<Item>.Number("skipped", item => item.Skipped),
        CsvColumn<Item>.Number("regressed", item => item.Regressed),
    ];
}
