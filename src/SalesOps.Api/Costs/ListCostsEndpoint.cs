using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Costs;

namespace SalesOps.Api.Costs;

/// <summary><c>GET /v1/costs</c></summary>
internal sealed class ListCostsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/costs", HandleAsync)
        .WithName("ListCosts").WithTags("Metrics").WithSummary("Costs as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var costs = await facts.ListCostsAsync(at.ValidAt, paging.After?[0], paging.Limit + 1, cancellation);
            var (page, next) = paging.Page(costs, cost => [cost.Id]);
            return TypedResults.Ok(new Response(
                asOf,
                [
                    .. page.Select(cost => new Item(
                        cost.Id, cost.Fact.Kind, cost.Fact.Days.From, cost.Fact.Days.To, cost.Fact.Amount)),
                ],
                next));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="From">The first day that it falls to.</param>
    /// <param name="To">The day after the last.</param>
    internal sealed record Item(string Id, CostKind Kind, DateOnly From, DateOnly To, Money Amount);
}
