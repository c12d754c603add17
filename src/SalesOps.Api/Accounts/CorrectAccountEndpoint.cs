using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Accounts;

namespace SalesOps.Api.Accounts;

/// <summary><c>POST /v1/accounts/{accountId}/corrections</c></summary>
internal sealed class CorrectAccountEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/corrections", HandleAsync)
        .WithName("CorrectAccount").WithTags("Accounts")
        .WithSummary("Takes a recorded fact back, and may put another in its place.")
        .RequireAuthorization(Policies.EditAccounts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CorrectAsync(
            write, StreamKinds.Accounts, accountId, body, (_, _) => null,
            (account, replacement, _, _) => new(AccountReplacement.Decide(account, replacement)),
            cancellation);
}
