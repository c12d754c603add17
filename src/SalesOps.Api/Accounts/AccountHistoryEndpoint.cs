using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Accounts;

/// <summary><c>GET /v1/accounts/{accountId}/history</c></summary>
internal sealed class AccountHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/history", HandleAsync)
        .WithName("GetAccountHistory").WithTags("Accounts").WithSummary("Every event of an account, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string accountId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.Accounts, accountId, format, cancellation);
}
