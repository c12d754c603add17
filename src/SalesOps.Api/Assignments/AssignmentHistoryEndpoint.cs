using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Assignments;

/// <summary><c>GET /v1/accounts/{accountId}/assignments/history</c></summary>
internal sealed class AssignmentHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/assignments/history", HandleAsync)
        .WithName("GetAssignmentHistory").WithTags("Assignments")
        .WithSummary("Every event of who serves an account, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string accountId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.Assignments, accountId, format, cancellation);
}
