using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Pipelines;

/// <summary><c>GET /v1/pipelines</c></summary>
internal sealed class ListPipelinesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/pipelines", HandleAsync)
        .WithName("ListPipelines").WithTags("Pipelines")
        .WithSummary("The pipelines in force at a time, as known at a time, with their stages in order.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            // A tenant has a handful of them, so the page is cut from all.
            var after = paging.After?[0] ?? string.Empty;
            var pipelines = (await facts.PipelinesAsync(at.ValidAt, cancellation))
                .Select(pipeline => Item.Of(pipeline.Key.Value, pipeline.Value))
                .Where(pipeline => string.CompareOrdinal(pipeline.Id, after) > 0)
                .OrderBy(pipeline => pipeline.Id, StringComparer.Ordinal)
                .Take(paging.Limit + 1)
                .ToArray();
            var (page, next) = paging.Page(pipelines, pipeline => [pipeline.Id]);
            return TypedResults.Ok(new Response(asOf, page, next));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    internal sealed record Item(string Id, string Name, IReadOnlyList<StageItem> Stages)
    {
        public static Item Of(string id, PipelineFact pipeline) => new(
            id, pipeline.Name,
            [.. pipeline.Stages.Select(stage => new StageItem(stage.Key.Value, stage.Name, stage.Probability, stage.Category))]);
    }

    internal sealed record StageItem(
        string Key, string Name, decimal? Probability, SalesOps.Domain.ForecastCategory? Category);
}
