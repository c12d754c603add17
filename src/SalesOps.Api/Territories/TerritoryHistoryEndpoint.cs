using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Territories;
using SalesOps.Store;

namespace SalesOps.Api.Territories;

/// <summary><c>GET /v1/territories/{territoryId}/history</c></summary>
internal sealed class TerritoryHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/territories/{territoryId}/history", HandleAsync)
        .WithName("GetTerritoryHistory").WithTags("Territories")
        .WithSummary("Every event of the tree that says something of a territory, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string territoryId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation)
    {
        var id = new Domain.TerritoryId(territoryId);
        return streams.HistoryAsync(
            caller, StreamKinds.TerritoryTrees, TerritoryTree.Id, format, Concerning, "territory", territoryId,
            cancellation);

        // A correction that puts nothing in the place of a fact says something of it too.
        IReadOnlyList<RecordedEvent> Concerning(IReadOnlyList<RecordedEvent> events)
        {
            var own = events.Where(recorded => recorded.ToFact().Event is TerritoryTreeEvent @event
                && Territory.ConcernedBy(@event).Contains(id)).ToArray();
            var ids = own.Select(recorded => recorded.Id).ToHashSet();
            return [.. events.Where(recorded => ids.Contains(recorded.Id) || recorded.Headers.Voids.Any(ids.Contains))];
        }
    }
}
