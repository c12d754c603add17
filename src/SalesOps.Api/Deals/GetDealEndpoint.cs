using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>GET /v1/deals/{dealId}</c></summary>
internal sealed class GetDealEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/deals/{dealId}", HandleAsync)
        .WithName("GetDeal").WithTags("Deals").WithSummary("A deal as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<DealView>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string dealId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Deals, dealId, at, cancellation);
        if (read is not { State.Status: not DealStatus.None })
        {
            return Problem.NotFound("deal", dealId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(DealView.Of(dealId, read.Version, read.State, read.AsOf));
    }
}
