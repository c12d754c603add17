using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>GET /v1/territories</c></summary>
internal sealed class ListTerritoriesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/territories", HandleAsync)
        .WithName("ListTerritories").WithTags("Territories")
        .WithSummary("The tree of territories in force at a time, as known at a time, by id; each names its parent and parts.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            // A tree is small, and what holds for a territory stands above it: the page is cut from all.
            var territories = await facts.TerritoriesAsync(at.ValidAt, cancellation);
            var staff = await facts.TerritoryStaffAsync(at.ValidAt, cancellation);
            var map = new TerritoryMap(territories.Select(territory => territory.Definition));
            var after = paging.After?[0] ?? string.Empty;
            var (page, next) = paging.Page(
                [
                    .. territories.Where(territory => string.CompareOrdinal(territory.Definition.Id.Value, after) > 0)
                        .OrderBy(territory => territory.Definition.Id.Value, StringComparer.Ordinal)
                        .Take(paging.Limit + 1),
                ],
                territory => [territory.Definition.Id.Value]);
            return TypedResults.Ok(new Response(
                asOf,
                territories.Select(territory => territory.ModelId?.Value).FirstOrDefault(model => model is not null),
                [
                    .. page.Select(territory => TerritoryView.Of(
                        territory.Definition, territory.ModelId, map, staff[territory.Definition.Id], null, null)),
                ],
                next));
        }
    }

    /// <param name="ModelId">The model in force.</param>
    internal sealed record Response(
        AsOfView AsOf, string? ModelId, IReadOnlyList<TerritoryView> Items, string? NextCursor);
}
