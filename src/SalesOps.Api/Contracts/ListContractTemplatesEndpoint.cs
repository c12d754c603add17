using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/contract-templates</c></summary>
internal sealed class ListContractTemplatesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/contract-templates", HandleAsync)
        .WithName("ListContractTemplates").WithTags("Contracts")
        .WithSummary("Templates of contracts as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            const string sql = """
                select template_id, name, template_version, clauses from contract_template_facts
                where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                  and template_id > coalesce($4, '')
                order by template_id limit $5
                """;
            var templates = await FactLists.ReadAsync(
                facts.Query(sql, at.ValidAt), paging.After?[0], paging.Limit + 1, [],
                rows => new ContractTemplateFact(rows.GetString(1), rows.GetInt64(2), rows.GetInt32(3)), cancellation);
            var (page, next) = paging.Page(templates, template => [template.Id]);
            return TypedResults.Ok(new Response(
                asOf,
                [
                    .. page.Select(template =>
                        new Item(template.Id, template.Fact.Name, template.Fact.Version, template.Fact.Clauses)),
                ],
                next));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="TemplateVersion">The version that is in force.</param>
    /// <param name="Clauses">How many it has.</param>
    internal sealed record Item(string Id, string Name, long TemplateVersion, int Clauses);
}
