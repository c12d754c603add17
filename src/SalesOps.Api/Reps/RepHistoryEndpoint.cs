using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Reps;

/// <summary><c>GET /v1/reps/{repId}/history</c></summary>
internal sealed class RepHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/reps/{repId}/history", HandleAsync)
        .WithName("GetRepHistory").WithTags("Reps").WithSummary("Every event of a rep, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string repId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.Reps, repId, format, cancellation);
}
