using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/ageing</c></summary>
internal sealed class AgeingEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/ageing", HandleAsync)
        .WithName("GetAgeing").WithTags("Metrics")
        .WithSummary("How many days the open deals of a date have been open, and in the stage they are in.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal enum AgeingGrouping
    {
        Stage,
        Owner,
        Manager,
        Team,
        Office,
        Source,
    }

    internal sealed record Response(AsOfView AsOf, AgeingGrouping? GroupBy, IReadOnlyList<Item> Items);

    /// <param name="InStage">The days since they came into the stage they are in.</param>
    internal sealed record Item(
        string Key, string? Label, long Deals, decimal? Mean, decimal? Median, decimal? P90, decimal? Min, decimal? Max,
        string? Reason, StagesEndpoint.DaysView InStage);

    private static Task<IResult> HandleAsync(
        DealPathsQuery query, Choice<AgeingGrouping>? groupBy, ChosenFormat format, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        return reads.ReadAsync(query.At, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var organisation = await facts.OrganisationAsync(cancellation);
            var pipelines = await facts.PipelinesAsync(query.At.ValidAt, cancellation);
            var today = caller.Calendar.DateOf(query.At.ValidAt);
            var groups = new SortedDictionary<string, (string? Label, DayStatistics Age, DayStatistics InStage)>(StringComparer.Ordinal);
            if (groupBy is null)
            {
                groups[GroupKey.All] = (null, new(), new());
            }

            foreach (var deal in await query.OpenDealsAsync(facts, organisation, caller.Calendar, cancellation))
            {
                var (key, label) = KeyOf(deal);
                if (!groups.TryGetValue(key ?? GroupKey.None, out var group))
                {
                    groups[key ?? GroupKey.None] = group = (label, new(), new());
                }

                group.Age.Add(today.DayNumber - deal.OpenedOn.DayNumber);
                group.InStage.Add(today.DayNumber - caller.Calendar.DateOf(deal.Visits[^1].EnteredAt).DayNumber);
            }

            Item[] items = [.. groups.Select(group => ItemOf(group.Key, group.Value.Label, group.Value.Age, group.Value.InStage))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, groupBy?.Value, items));

            (string? Key, string? Label) KeyOf(DealPath deal)
            {
                var owner = organisation.Find(deal.OwnerId, query.At.ValidAt);
                return groupBy?.Value switch
                {
                    null => (GroupKey.All, null),
                    AgeingGrouping.Stage => (deal.Stage.Value, pipelines.GetValueOrDefault(deal.PipelineId)?.Stages
                        .FirstOrDefault(stage => stage.Key == deal.Stage)?.Name),
                    AgeingGrouping.Owner => (deal.OwnerId?.Value, owner?.Name),
                    AgeingGrouping.Manager => (owner?.ManagerId?.Value, organisation.Find(owner?.ManagerId, query.At.ValidAt)?.Name),
                    AgeingGrouping.Team => (owner?.Team, null),
                    AgeingGrouping.Office => (owner?.Office, null),
                    _ => (deal.Source, null),
                };
            }
        }
    }

    private static Item ItemOf(string key, string? label, DayStatistics age, DayStatistics inStage) => new(
        key, label, age.Count, age.Mean, age.Median, age.P90, age.Min, age.Max,
        age.Count == 0 ? Ratio.NoDenominator : null, StagesEndpoint.DaysView.Of(inStage));

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Number("deals", item => item.Deals),
        CsvColumn<Item>.Ratio("mean", item => item.Mean),
        CsvColumn<Item>.Ratio("median", item => item.Median),
        CsvColumn<Item>.Ratio("p90", item => item.P90),
        CsvColumn<Item>.Ratio("min", item => item.Min),
        CsvColumn<Item>.Ratio("max", item => item.Max),
        CsvColumn<Item>.Ratio("inStageMedian", item => item.InStage.Median),
        CsvColumn<Item>.Ratio("inStageP90", item => item.InStage.P90),
    ];
}
