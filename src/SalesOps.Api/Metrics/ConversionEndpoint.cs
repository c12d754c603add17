using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/conversion</c></summary>
internal sealed class ConversionEndpoint : IEndpoint
{
    /// <summary>Of a range that is taken apart into months or quarters.</summary>
    private const int YearsMax = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/conversion", HandleAsync)
        .WithName("GetConversion").WithTags("Metrics")
        .WithSummary("From each stage to the next: by cohorts of entry, within a range, or as the shape of an instant.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    /// <param name="Items">Group by group, and in it pipeline by pipeline, each in the order of its stages.</param>
    /// <param name="Overall">From the first stage to won, by group and pipeline.</param>
    /// <param name="Leads">What became of the leads that were captured in the range, whoever has them.</param>
    internal sealed record Response(
        AsOfView AsOf, ConversionMethod Method, Weight Weight, ClosedDealGrouping? GroupBy, IReadOnlyList<Item> Items,
        IReadOnlyList<Item> Overall, LeadRates? Leads);

    /// <param name="Key">The group; where nothing is grouped, the stage that is counted from.</param>
    /// <param name="From">The stage that is counted from.</param>
    /// <param name="To">The next stage, or won.</param>
    /// <param name="Entered">The deals that are counted from.</param>
    /// <param name="Reached">Those that came to the next stage or further; in a snapshot, those that are in it.</param>
    /// <param name="Rate">Of a snapshot there is none, but a shape.</param>
    /// <param name="Open">Those that have not come so far and may yet.</param>
    /// <param name="Matured">Whether every deal is closed; else the rate is a lower bound.</param>
    internal sealed record Item(
        string Key, string? Label, string From, string FromLabel, string To, string ToLabel, string PipelineId, long Entered,
        long Reached, decimal? Rate, decimal? Shape, string? Reason, long Open, bool? Matured, decimal? LowerBound)
    {
        /// <param name="group">Null where nothing is grouped.</param>
        public static Item Of(Group? group, PipelineId pipeline, ConversionMethod method, ConversionStep step)
        {
            var isShape = method == ConversionMethod.Snapshot;
            return new(
                group is null ? step.From : group.Key, group is null ? step.FromName : group.Label, step.From, step.FromName,
                step.To, step.ToName, pipeline.Value, step.Entered, step.Reached,
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

    private static async Task<IResult> HandleAsync(
        DealPathsQuery query, Choice<ConversionMethod>? method, Choice<Weight>? weight, Choice<ClosedDealGrouping>? groupBy,
        ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        var (asked, weighed) = (method?.Value ?? ConversionMethod.Cohort, weight?.Value ?? Weight.Count);
        return asked == ConversionMethod.Snapshot && IsOfTime(groupBy?.Value)
            ? Problem.BrokenRule(InputError.InParameter(
                "groupBy", "grouping-unexpected", "A snapshot is of one instant and has no months or quarters."))
            : await reads.ReadAsync(query.At, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var organisation = await facts.OrganisationAsync(cancellation);
            var deals = asked == ConversionMethod.Snapshot
                ? await query.OpenDealsAsync(facts, organisation, caller.Calendar, cancellation)
                : await query.DealsAsync(facts, organisation, caller.Calendar, cancellation);
            var pipelines = (await facts.PipelinesAsync(query.At.ValidAt, cancellation))
                .Where(pipeline => query.PipelineIds?.Contains(pipeline.Key.Value, StringComparer.Ordinal)
                    ?? deals.Any(deal => deal.PipelineId == pipeline.Key))
                .OrderBy(pipeline => pipeline.Key.Value, StringComparer.Ordinal)
                .Select(pipeline => (pipeline.Key, Order: new StageOrder(pipeline.Value)))
                .ToArray();
            if (await GroupsAsync(facts, deals) is not { } groups)
            {
                return Problem.BrokenRule(InputError.InParameter(
                    "to", "range-too-long", $"Taken apart into months or quarters the range has at most {YearsMax} years."));
            }

            var conversions = groups.SelectMany(group => pipelines.Select(pipeline =>
            {
                var conversion = new Conversion(
                    pipeline.Order, asked, weighed, (group.Dates.From, group.Dates.To), caller.Calendar);
                foreach (var deal in group.Deals.Where(deal => deal.PipelineId == pipeline.Key))
                {
                    conversion.Add(deal);
                }

                return (Group: groupBy is null ? null : group, pipeline.Key, Conversion: conversion);
            })).ToArray();
            Item[] items = [.. conversions.SelectMany(one =>
                one.Conversion.Steps.Select(step => Item.Of(one.Group, one.Key, asked, step)))];
            Item[] overall = [.. conversions.Where(one => one.Conversion.Overall is not null)
                .Select(one => Item.Of(one.Group, one.Key, asked, one.Conversion.Overall!))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(
                    asOf, asked, weighed, groupBy?.Value, items, overall,
                    asked == ConversionMethod.Cohort ? await LeadsAsync(facts, query, cancellation) : null));
        }

        // A month or quarter is asked of all deals, each with its own part of the range: what came into a stage in it.
        async Task<IReadOnlyList<Group>?> GroupsAsync(FactReader facts, IReadOnlyList<DealPath> deals)
        {
            if (groupBy?.Value is not { } grouping)
            {
                return [new(GroupKey.All, null, query.Dates, deals)];
            }

            if (IsOfTime(grouping))
            {
                var first = query.Dates.From ?? deals.Select(deal => deal.OpenedOn).DefaultIfEmpty(DateOnly.MaxValue).Min();
                var end = query.Dates.To ?? caller.Calendar.DateOf(query.At.ValidAt).AddDays(1);
                var length = grouping == ClosedDealGrouping.Month ? ForecastPeriod.Month : ForecastPeriod.Quarter;
                return first >= end ? []
                    : first.Year + YearsMax < end.Year ? null
                    :
                    [
                        .. PeriodKeys.Within(length, PeriodKeys.Of(length, first).Days.From, end).Select(period => new Group(
                            period.Key, null,
                            new(
                                period.Days.From < first ? first : period.Days.From,
                                period.Days.To > end ? end : period.Days.To),
                            deals)),
                    ];
            }

            var groups = await DealGroups.ReadAsync(facts, grouping, query.At.ValidAt, caller.Calendar, cancellation);
            return
            [
                .. deals.SelectMany(deal => groups.KeysOf(deal, deal.OpenedOn).Select(key => (Key: key, Deal: deal)))
                    .GroupBy(one => one.Key, one => one.Deal).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new Group(group.Key, groups.LabelOf(group.Key), query.Dates, [.. group])),
            ];
        }
    }

    private static bool IsOfTime(ClosedDealGrouping? groupBy) =>
        groupBy is ClosedDealGrouping.Month or ClosedDealGrouping.Quarter;

    /// <summary>Deals that are counted together.</summary>
    internal sealed record Group(string Key, string? Label, DateRange Dates, IReadOnlyList<DealPath> Deals);

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
        CsvColumn<Item>.Text("from", item => item.From),
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
