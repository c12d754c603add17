using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territories/{territoryId}/reps/corrections</c></summary>
internal sealed class CorrectTerritoryRepsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territories/{territoryId}/reps/corrections", HandleAsync)
        .WithName("CorrectTerritoryReps").WithTags("Territories")
        .WithSummary("Takes a recorded fact of who works a territory back, and may put another in its place.")
        .RequireAuthorization(Policies.EditTerritories)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string territoryId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CorrectAsync(
            write, StreamKinds.TerritoryStaff, territoryId, body, (_, _) => null,
            (staff, replacement, _, _) => new(TerritoryStaffReplacement.Decide(staff, new(territoryId), replacement)), cancellation);
}
