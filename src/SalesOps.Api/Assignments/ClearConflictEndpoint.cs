using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/accounts/{accountId}/assignment/conflicts/clear</c></summary>
internal sealed class ClearConflictEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/assignment/conflicts/clear", HandleAsync)
        .WithName("ClearConflict").WithTags("Assignments")
        .WithSummary("Says that nothing stands against a rep's serving an account any more.")
        .RequireAuthorization(Policies.EditAccounts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, ConflictRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.ChangeConflictAsync(write, accountId, body, isCleared: true, cancellation);
}
