using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contacts;

namespace SalesOps.Api.Contacts;

/// <summary><c>POST /v1/accounts/{accountId}/contacts/corrections</c></summary>
internal sealed class CorrectContactEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/contacts/corrections", HandleAsync)
        .WithName("CorrectContact").WithTags("Accounts")
        .WithSummary("Takes a recorded fact about the people of an account back, and may put another in its place.")
        .RequireAuthorization(Policies.EditAccounts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CorrectAsync(
            write, StreamKinds.Contacts, accountId, body, (_, _) => null,
            (contacts, replacement, _, _) => new(ContactReplacement.Decide(contacts, replacement)), cancellation);
}
