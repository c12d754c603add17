using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Territories;

/// <summary><c>GET /v1/territory-models</c></summary>
internal sealed class ListTerritoryModelsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/territory-models", HandleAsync)
        .WithName("ListTerritoryModels").WithTags("Territories")
        .WithSummary("The models of territories as of a time, as known at a time, by id, and which of them is in force.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            const string sql = """
                select model_id, name, territories from territory_model_facts
                where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                  and model_id > coalesce($4, '')
                order by model_id limit $5
                """;
            var models = await FactLists.ReadAsync(
                facts.Query(sql, at.ValidAt), paging.After?[0], paging.Limit + 1, [],
                rows => new TerritoryModelFact(rows.GetString(1), rows.GetInt32(2)), cancellation);
            var inForce = (await facts.TerritoriesAsync(at.ValidAt, cancellation))
                .Select(territory => territory.ModelId?.Value).FirstOrDefault(model => model is not null);
            var (page, next) = paging.Page(models, model => [model.Id]);
            return TypedResults.Ok(new Response(
                asOf,
                [.. page.Select(model => new Item(model.Id, model.Fact.Name, model.Fact.Territories, model.Id == inForce))],
                next));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="Territories">How many it has.</param>
    internal sealed record Item(string Id, string Name, int Territories, bool InForce);
}
