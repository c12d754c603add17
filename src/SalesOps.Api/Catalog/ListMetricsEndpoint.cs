using SalesOps.Api.Facts;
using SalesOps.Api.Http;

namespace SalesOps.Api.Catalog;

/// <summary><c>GET /v1/metrics/catalog</c></summary>
internal sealed class ListMetricsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/catalog", HandleAsync)
        .WithName("ListMetrics").WithTags("Metrics").WithSummary("The chosen metrics, and those that are retired, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(ReadAt at, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var metrics = await facts.MetricsAsync(id: null, cancellation);
            return TypedResults.Ok(new Response(asOf,
            [
                .. metrics.Where(metric => metric.Value[0].ValidFrom <= at.ValidAt)
                    .OrderBy(metric => metric.Key, StringComparer.Ordinal)
                    .Select(metric => MetricView.Of(metric.Key, metric.Value.At(at.ValidAt))),
            ]));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<MetricView> Items);
}
