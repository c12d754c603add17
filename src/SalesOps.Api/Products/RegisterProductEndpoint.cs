using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Products;

namespace SalesOps.Api.Products;

/// <summary><c>POST /v1/products</c></summary>
internal sealed class RegisterProductEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/products", HandleAsync)
        .WithName("RegisterProduct").WithTags("Products").WithSummary("Makes a product known.")
        .RequireAuthorization(Policies.ManageCatalog)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CreateAsync(
            write, StreamKinds.Products, body.Id?.Value, "/v1/products", body.EffectiveAt?.Start(write.Calendar),
            (product, _, _) => new(RegisterProduct.Decide(product, new(body.Name, body.ListPrice, body.Series))),
            cancellation);

    internal sealed record Request(string Name, ProductId? Id, Money? ListPrice, string? Series, DateOrInstant? EffectiveAt);
}
