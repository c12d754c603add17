using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Privacy;

/// <summary><c>POST /v1/accounts/{accountId}/contacts/{contactId}/erasure</c></summary>
internal sealed class EraseContactEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/contacts/{contactId}/erasure", HandleAsync)
        .WithName("EraseContact").WithTags("Accounts")
        .WithSummary("Forgets a person of an account, for ever: name and contact read erased at every time, and every proof holds.")
        .RequireAuthorization(Policies.ErasePersons)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, string contactId, ErasureRequest body, WriteRequest write, Erasures erasures, CancellationToken cancellation) =>
        erasures.EraseAsync(write, StreamKinds.Contacts, accountId, contactId, body.Reason, cancellation);
}
