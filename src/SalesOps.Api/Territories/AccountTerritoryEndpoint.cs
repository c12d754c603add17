using SalesOps.Api.Facts;
using SalesOps.Api.Http;

namespace SalesOps.Api.Territories;

/// <summary><c>GET /v1/accounts/{accountId}/territory</c></summary>
internal sealed class AccountTerritoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/territory", HandleAsync)
        .WithName("GetAccountTerritory").WithTags("Territories")
        .WithSummary("The leaf that an account belongs to, or that it is none or several.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(404, 422);

    private static Task<IResult> HandleAsync(
        string accountId, ReadAt at, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var map = await facts.TerritoryMapAsync(at.ValidAt, cancellation);
            await foreach (var (traits, _) in facts.AccountTraitsAsync(at.ValidAt, [accountId], cancellation))
            {
                var placement = map.Place(traits);
                var (kind, territory, candidates) = PlacementView.Of(map, placement);
                return TypedResults.Ok(new Response(
                    asOf, accountId, kind, territory?.Key, territory?.Label,
                    placement.Territory is { } leaf
                        ? [.. map.PathOf(leaf).Select(step => new TerritoryKey(step.Id.Value, step.Name))]
                        : null,
                    candidates));
            }

            return Problem.NotFound("account", accountId);
        }
    }

    /// <param name="Path">From the top to the leaf.</param>
    /// <param name="Candidates">The leaves that claim the account, where they are several.</param>
    internal sealed record Response(
        AsOfView AsOf, string AccountId, PlacementView.PlacementKind Kind, string? TerritoryId, string? Label,
        IReadOnlyList<TerritoryKey>? Path, IReadOnlyList<TerritoryKey>? Candidates);
}
