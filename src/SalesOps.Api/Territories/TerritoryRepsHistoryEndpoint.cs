using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Territories;

/// <summary><c>GET /v1/territories/{territoryId}/reps/history</c></summary>
internal sealed class TerritoryRepsHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/territories/{territoryId}/reps/history", HandleAsync)
        .WithName("GetTerritoryRepsHistory").WithTags("Territories")
        .WithSummary("Every event of who works a territory, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string territoryId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.TerritoryStaff, territoryId, format, cancellation);
}
