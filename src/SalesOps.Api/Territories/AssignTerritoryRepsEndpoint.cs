using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territories/{territoryId}/reps</c></summary>
internal sealed class AssignTerritoryRepsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territories/{territoryId}/reps", HandleAsync)
        .WithName("AssignTerritoryReps").WithTags("Territories")
        .WithSummary("Says who works a territory from a time on: all of them, with roles and shares of capacity.")
        .RequireAuthorization(Policies.EditTerritories)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string territoryId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunPartAsync(
            write, StreamKinds.TerritoryStaff, territoryId, territoryId, body.EffectiveAt?.Start(write.Calendar),
            async (staff, _, session) =>
            {
                var tree = await session.ReadAsync(StreamKinds.TerritoryTrees, TerritoryTree.Id, cancellation);
                var id = new Domain.TerritoryId(territoryId);
                var isKnown = tree.Facts.Any(
                    fact => fact.Voided is null && Territory.ConcernedBy(fact.Event).Contains(id));
                return AssignTerritoryReps.Decide(staff, new(id, isKnown, [.. body.Reps.Select(rep => rep.ToRep())]));
            },
            location: null, cancellation);

    internal sealed record Request(IReadOnlyList<TerritoryRepBody> Reps, DateOrInstant? EffectiveAt);
}
