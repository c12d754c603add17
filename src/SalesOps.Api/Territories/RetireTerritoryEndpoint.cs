using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territories/{territoryId}/retire</c></summary>
internal sealed class RetireTerritoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territories/{territoryId}/retire", HandleAsync)
        .WithName("RetireTerritory").WithTags("Territories").WithSummary("Takes a territory that has none below it out of the tree.")
        .RequireAuthorization(Policies.EditTerritories)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string territoryId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.ChangeTerritoryAsync(
            write, territoryId, body.EffectiveAt,
            tree => ChangeTerritory.Retire(tree, new(territoryId)),
            cancellation);

    internal sealed record Request(DateOrInstant? EffectiveAt);
}
