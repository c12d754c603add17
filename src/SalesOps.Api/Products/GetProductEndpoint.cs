using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Products;

/// <summary><c>GET /v1/products/{productId}</c></summary>
internal sealed class GetProductEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/products/{productId}", HandleAsync)
        .WithName("GetProduct").WithTags("Products").WithSummary("A product as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<ProductView>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string productId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Products, productId, at, cancellation);
        if (read is not { State.Registration: { } product })
        {
            return Problem.NotFound("product", productId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(
            new ProductView(productId, read.Version, product.Name, product.ListPrice, product.Series, read.AsOf));
    }
}
