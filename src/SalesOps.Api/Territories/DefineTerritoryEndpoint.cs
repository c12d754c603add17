using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territories</c></summary>
internal sealed class DefineTerritoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territories", HandleAsync)
        .WithName("DefineTerritory").WithTags("Territories").WithSummary("Adds a territory to the tree.")
        .RequireAuthorization(Policies.EditTerritories)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var id = body.Id ?? new TerritoryId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        return commands.RunPartAsync(
            write, StreamKinds.TerritoryTrees, TerritoryTree.Id, id.Value, body.EffectiveAt?.Start(write.Calendar),
            (tree, _, _) => new(Decide(tree, id, body)), $"/v1/territories/{id}", cancellation);
    }

    private static Decision<TerritoryTreeEvent> Decide(TerritoryTree tree, TerritoryId id, Request body)
    {
        var territory = new TerritoryBody(id, body.Name, body.ParentId, body.Rules, body.Goal, body.GoalPeriod);
        return territory.Read(string.Empty) switch
        {
            (_, { } fault) => fault,
            var (definition, _) => DefineTerritory.Decide(tree, new(definition!)),
        };
    }

    /// <param name="GoalPeriod">What the goal is for; a year unless told otherwise.</param>
    internal sealed record Request(
        string Name,
        TerritoryId? Id,
        TerritoryId? ParentId,
        IReadOnlyList<RuleBody>? Rules,
        Money? Goal,
        GoalPeriod? GoalPeriod,
        DateOrInstant? EffectiveAt);
}
