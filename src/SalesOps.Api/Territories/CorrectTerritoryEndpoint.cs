using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territories/{territoryId}/corrections</c></summary>
internal sealed class CorrectTerritoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territories/{territoryId}/corrections", HandleAsync)
        .WithName("CorrectTerritory").WithTags("Territories")
        .WithSummary("Takes a recorded fact of a territory back, and may put another in its place; the tree stays a tree.")
        .RequireAuthorization(Policies.EditTerritories)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string territoryId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        return commands.CorrectAsync(
            write, StreamKinds.TerritoryTrees, TerritoryTree.Id, body, (_, _) => null, DecideAsync, cancellation,
            (timeline, verdict, _) => new(Check(timeline, verdict)), territoryId);

        async ValueTask<Decision<TerritoryTreeEvent>> DecideAsync(
            TerritoryTree tree, TerritoryTreeEvent replacement, DateTimeOffset at, StreamSession session)
        {
            var model = replacement is TerritoryTreeEvent.ModelActivated activated
                ? (await session.ReadAsync(StreamKinds.TerritoryModels, activated.ModelId.Value, cancellation)).Latest
                : null;
            return Territory.ConcernedBy(replacement).Contains(new(territoryId))
                ? TerritoryReplacement.Decide(tree, replacement, model)
                : Rejection.Invalid("territory-differs", "What happened instead happened to the same territory.", "/territoryId");
        }

        // The whole tree is one stream: of the events in it only those of the territory are its own.
        Verdict Check(Timeline<TerritoryTree, TerritoryTreeEvent> timeline, Verdict verdict) => timeline switch
        {
            _ when !timeline.Facts.Any(fact => Territory.ConcernedBy(fact.Event).Contains(new(territoryId))) =>
                Verdict.Refuse(Rejection.NotFound("territory", territoryId)),
            _ when timeline.Find(body.EventId) is { } fact && !Territory.ConcernedBy(fact.Event).Contains(new(territoryId)) =>
                Verdict.Refuse(Rejection.Invalid(
                    "event-not-found", $"The territory '{territoryId}' has no fact '{body.EventId}'.", "/eventId")),
            _ => verdict,
        };
    }
}
