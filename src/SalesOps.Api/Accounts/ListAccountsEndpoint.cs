using SalesOps.Api.Facts;
using SalesOps.Api.Http;

namespace SalesOps.Api.Accounts;

/// <summary><c>GET /v1/accounts</c></summary>
internal sealed class ListAccountsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts", HandleAsync)
        .WithName("ListAccounts").WithTags("Accounts").WithSummary("Accounts as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        CommaList? segment, CommaList? industry, CommaList? country, CommaList? region, CommaList? parentId,
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var accounts = await facts.Lists.AccountsAsync(
                at.ValidAt,
                new(segment?.Values, industry?.Values, country?.Values, region?.Values, parentId?.Values),
                paging.After?[0], paging.Limit + 1, cancellation);
            var (page, next) = paging.Page(accounts, account => [account.Id]);
            return TypedResults.Ok(new Response(
                asOf,
                [
                    .. page.Select(account => new Item(
                        account.Id, account.Fact.Name, account.Fact.Segment, account.Fact.Industry, account.Fact.Country)),
                ],
                next));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    internal sealed record Item(string Id, string Name, string? Segment, string? Industry, string? Country);
}
