using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/accounts/{accountId}/assignment/conflicts</c></summary>
internal sealed class DeclareConflictEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/assignment/conflicts", HandleAsync)
        .WithName("DeclareConflict").WithTags("Assignments")
        .WithSummary("Says that a rep must not serve an account; no recommendation names the rep any more.")
        .RequireAuthorization(Policies.EditAccounts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, ConflictRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.ChangeConflictAsync(write, accountId, body, isCleared: false, cancellation);
}
