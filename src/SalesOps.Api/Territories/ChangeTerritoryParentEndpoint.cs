using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territories/{territoryId}/parent</c></summary>
internal sealed class ChangeTerritoryParentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territories/{territoryId}/parent", HandleAsync)
        .WithName("ChangeTerritoryParent").WithTags("Territories").WithSummary("Makes a territory a part of another one, or of none.")
        .RequireAuthorization(Policies.EditTerritories)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string territoryId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.ChangeTerritoryAsync(
            write, territoryId, body.EffectiveAt,
            tree => ChangeTerritory.Parent(tree, new(territoryId), body.ParentId),
            cancellation);

    internal sealed record Request(TerritoryId? ParentId, DateOrInstant? EffectiveAt);
}
