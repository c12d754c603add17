using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Products;

/// <summary><c>GET /v1/products</c></summary>
internal sealed class ListProductsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/products", HandleAsync)
        .WithName("ListProducts").WithTags("Products").WithSummary("Products as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var products = await facts.Lists.ProductsAsync(at.ValidAt, paging.After?[0], paging.Limit + 1, cancellation);
            var (page, next) = paging.Page(products, product => [product.Id]);
            return TypedResults.Ok(new Response(
                asOf,
                [
                    .. page.Select(product => new Item(
                        product.Id, product.Fact.Name, product.Fact.Series, product.Fact.ListPrice)),
                ],
                next));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    internal sealed record Item(string Id, string Name, string? Series, Money? ListPrice);
}
