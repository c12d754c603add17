using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/conversion</c></summary>
internal sealed class ConversionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/conversion", HandleAsync)
        .WithName("GetConversion").WithTags("Metrics")
        .WithSummary("From each stage to the next: by cohorts of entry, within a range, or as the shape of an instant.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    /// <param name="Items">Pipeline by pipeline, each in the order of its stages.</param>
    /// <param name="Overall">From the first stage to won, by pipeline.</param>
    /// <param name="Leads">What became of the leads that were captured in the range.</param>
    internal sealed record Response(
        AsOfView AsOf, ConversionMethod Method, Weight Weight, IReadOnlyList<Item> Items, IReadOnlyList<Item> Overall, LeadRates? Leads);

    /// <param name="Key">The stage that is counted from.</param>
    /// <param name="To">The next stage, or won.</param>
    /// <param name="Entered">The deals that are counted from.</param>
    /// <param name="Reached">Those that came to the next stage or further; in a snapshot, those that are in it.</param>
    /// <param name="Rate">Of a snapshot there is none, but a shape.</param>
    /// <param name="Open">Those that have not come so far and may yet.</param>
    /// <param name="Matured">Whether every deal is closed; else the rate is a lower bound.</param>
    internal sealed record Item(
        string Key, string Label, string To, string ToLabel, string PipelineId, long Entered, long Reached, decimal? Rate,
        decimal? Shape, string? Reason, long Open, bool? Matured, decimal? LowerBound)
    {
        public static Item Of(PipelineId pipeline, ConversionMethod method, ConversionStep step)
        {
            var isShape = method == ConversionMethod.Snapshot;
            return new(
                step.From, step.FromName, step.To, step.ToName, pipeline.Value, step.Entered, step.Reached,
                isShape ? null : step.Ratio.Value, isShape ? step.Ratio.Value : null, step.Ratio.Reason, step.Open,
                method == ConversionMethod.Cohort ? step.IsMatured : null,
                method == ConversionMethod.Cohort && !step.IsMatured ? step.Ratio.Value : null);
        }
    }

    /// <param name="ToOpportunity">Converted ÷ captured.</param>
    /// <param name="ToSale">Those whose deal is won ÷ captured.</param>
    /// <param name="Reason">Why there are no rates.</param>
    internal sealed record LeadRates(
        long Captured, long Converted, long Sold, decimal? ToOpportunity, decimal? ToSale, string? Reason);

    private static Task<IResult> HandleAsync(
        DealPathsQuery query, Choice<ConversionMethod>? method, Choice<Weight>? weight, ChosenFormat format, Caller caller,
        FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(query.At, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var (asked, weighed) = (method?.Value ?? ConversionMethod.Cohort, weight?.Value ?? Weight.Count);
            var organisation = await facts.OrganisationAsync(cancellation);
            var deals = asked == ConversionMethod.Snapshot
                ? await query.OpenDealsAsync(facts, organisation, caller.Calendar, cancellation)
                : await query.DealsAsync(facts, organisation, caller.Calendar, cancellation);
            var conversions = (await facts.PipelinesAsync(query.At.ValidAt, cancellation))
                .Where(pipeline => query.PipelineIds?.Contains(pipeline.Key.Value, StringComparer.Ordinal)
                    ?? deals.Any(deal => deal.PipelineId == pipeline.Key))
                .OrderBy(pipeline => pipeline.Key.Value, StringComparer.Ordinal)
                .ToDictionary(pipeline => pipeline.Key, pipeline => new Conversion(
                    new StageOrder(pipeline.Value), asked, weighed, (query.Dates.From, query.Dates.To), caller.Calendar));
            foreach (var deal in deals)
            {
                conversions.GetValueOrDefault(deal.PipelineId)?.Add(deal);
            }

            Item[] items = [.. conversions.SelectMany(conversion =>
                conversion.Value.Steps.Select(step => Item.Of(conversion.Key, asked, step)))];
            Item[] overall = [.. conversions.Where(conversion => conversion.Value.Overall is not null)
                .Select(conversion => Item.Of(conversion.Key, asked, conversion.Value.Overall!))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(
                    asOf, asked, weighed, items, overall,
                    asked == ConversionMethod.Cohort ? await LeadsAsync(facts, query, cancellation) : null));
        }
    }

    private static async Task<LeadRates> LeadsAsync(FactReader facts, DealPathsQuery query, CancellationToken cancellation)
    {
        const string sql = """
            select count(*), count(converted_on), count(*) filter (where exists (
              select from deal_facts deal where deal.tenant_id = $1 and deal.deal_id = lead.deal_id and deal.status = 'won'
                and deal.valid_from <= $2 and deal.valid_to > $2 and deal.known_from <= $3 and deal.known_to > $3))
            from lead_facts lead
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and created_on >= coalesce($4, '-infinity') and created_on < coalesce($5, 'infinity')
            """;
        await using var command = facts.Query(sql, query.At.ValidAt);
        command.Parameters.Add(FactParameter.Date(query.Dates.From));
        command.Parameters.Add(FactParameter.Date(query.Dates.To));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var (captured, converted, sold) = (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2));
        var toOpportunity = Ratio.Of(converted, captured);
        return new(captured, converted, sold, toOpportunity.Value, Ratio.Of(sold, captured).Value, toOpportunity.Reason);
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("pipelineId", item => item.PipelineId),
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Text("to", item => item.To),
        CsvColumn<Item>.Number("entered", item => item.Entered),
        CsvColumn<Item>.Number("reached", item => item.Reached),
        CsvColumn<Item>.Ratio("rate", item => item.Rate),
        CsvColumn<Item>.Ratio("shape", item => item.Shape),
        CsvColumn<Item>.Text("reason", item => item.Reason),
        CsvColumn<Item>.Number("open", item => item.Open),
        CsvColumn<Item>.Text("matured", item => item.Matured is { } matured ? (matured ? "true" : "false") : null),
    ];
}
