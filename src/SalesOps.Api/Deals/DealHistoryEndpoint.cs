using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Deals;

/// <summary><c>GET /v1/deals/{dealId}/history</c></summary>
internal sealed class DealHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/deals/{dealId}/history", HandleAsync)
        .WithName("GetDealHistory").WithTags("Deals").WithSummary("Every event of a deal, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string dealId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.Deals, dealId, format, cancellation);
}
