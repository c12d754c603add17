using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Costs;

/// <summary><c>GET /v1/costs/{costId}/history</c></summary>
internal sealed class CostHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/costs/{costId}/history", HandleAsync)
        .WithName("GetCostHistory").WithTags("Metrics").WithSummary("Every event of a cost, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string costId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.Costs, costId, format, cancellation);
}
