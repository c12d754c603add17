using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Accounts;

/// <summary><c>GET /v1/accounts/{accountId}</c></summary>
internal sealed class GetAccountEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}", HandleAsync)
        .WithName("GetAccount").WithTags("Accounts").WithSummary("An account as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<AccountView>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string accountId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Accounts, accountId, at, cancellation);
        if (read is not { State.Profile: { } profile })
        {
            return Problem.NotFound("account", accountId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(AccountView.Of(accountId, read.Version, profile, read.AsOf));
    }
}
