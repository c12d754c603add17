using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Reps;

/// <summary><c>GET /v1/reps/{repId}</c></summary>
internal sealed class GetRepEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/reps/{repId}", HandleAsync)
        .WithName("GetRep").WithTags("Reps").WithSummary("A rep as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<RepView>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string repId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Reps, repId, at, cancellation);
        if (read is not { State: { Profile: { } profile } rep })
        {
            return Problem.NotFound("rep", repId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(RepView.Of(repId, read.Version, rep, profile, read.AsOf));
    }
}
