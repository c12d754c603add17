using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Territories;

/// <summary><c>GET /v1/territory-models/{modelId}</c></summary>
internal sealed class GetTerritoryModelEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/territory-models/{modelId}", HandleAsync)
        .WithName("GetTerritoryModel").WithTags("Territories")
        .WithSummary("A model of territories as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string modelId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.TerritoryModels, modelId, at, cancellation);
        if (read is not { State.Draft: { } draft })
        {
            return Problem.NotFound("territory-model", modelId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(new Response(
            modelId, read.Version, draft.Name, [.. draft.Territories.Select(TerritoryBody.Of)], read.AsOf));
    }

    internal sealed record Response(
        string Id, long Version, string Name, IReadOnlyList<TerritoryBody> Territories, AsOfView AsOf);
}
