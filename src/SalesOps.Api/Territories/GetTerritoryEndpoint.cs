using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>GET /v1/territories/{territoryId}</c></summary>
internal sealed class GetTerritoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/territories/{territoryId}", HandleAsync)
        .WithName("GetTerritory").WithTags("Territories")
        .WithSummary("A territory with its reps as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<TerritoryView>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string territoryId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var tree = await streams.ReadAsync(caller, StreamKinds.TerritoryTrees, TerritoryTree.Id, at, cancellation);
        if (tree?.State.Find(new(territoryId)) is not { } territory)
        {
            return Problem.NotFound("territory", territoryId);
        }

        var staff = await streams.ReadAsync(caller, StreamKinds.TerritoryStaff, territoryId, at, cancellation);
        var asOf = staff?.AsOf.Position > tree.AsOf.Position ? staff.AsOf : tree.AsOf;
        var map = new TerritoryMap(tree.State.Territories.Values.Select(other => other.Definition));
        response.Headers.ETag = EntityTag.Of(tree.Version);
        return TypedResults.Ok(TerritoryView.Of(
            territory.Definition, territory.ModelId, map, staff?.State.Reps ?? [], tree.Version, asOf));
    }
}
