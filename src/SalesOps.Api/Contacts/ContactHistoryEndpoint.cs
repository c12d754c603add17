using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Contacts;

/// <summary><c>GET /v1/accounts/{accountId}/contacts/history</c></summary>
internal sealed class ContactHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/contacts/history", HandleAsync)
        .WithName("GetContactHistory").WithTags("Accounts")
        .WithSummary("Every event of the people of an account, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string accountId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.Contacts, accountId, format, cancellation);
}
