using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/products</c></summary>
internal sealed class ChangeProductsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/products", HandleAsync)
        .WithName("ChangeProducts").WithTags("Deals").WithSummary("Sets which products an open deal is about.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            deal => ChangeProducts.Decide(
                deal, new([.. body.Lines.Select(line => new ProductLine(line.ProductId, line.Quantity, line.Price))])),
            cancellation);

    internal sealed record Request(IReadOnlyList<LineBody> Lines, DateOrInstant? EffectiveAt);

    internal sealed record LineBody(ProductId ProductId, decimal Quantity, Money? Price);
}
