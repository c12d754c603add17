using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territories/{territoryId}/goal</c></summary>
internal sealed class ChangeTerritoryGoalEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territories/{territoryId}/goal", HandleAsync)
        .WithName("ChangeTerritoryGoal").WithTags("Territories")
        .WithSummary("Sets what a territory is to bring in each period, or takes the goal away.")
        .RequireAuthorization(Policies.EditTerritories)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string territoryId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.ChangeTerritoryAsync(
            write, territoryId, body.EffectiveAt,
            tree => ChangeTerritory.Goal(tree, new(territoryId), TerritoryBody.GoalOf(body.Goal, body.GoalPeriod)),
            cancellation);

    internal sealed record Request(Money? Goal, GoalPeriod? GoalPeriod, DateOrInstant? EffectiveAt);
}
