using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contract-templates</c></summary>
internal sealed class DefineContractTemplateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contract-templates", HandleAsync)
        .WithName("DefineContractTemplate").WithTags("Contracts")
        .WithSummary("Defines a template of contracts, or a new version of one from a time on.")
        .RequireAuthorization(Policies.EditContracts)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CreateAsync(
            write, StreamKinds.ContractTemplates, body.Id?.Value, "/v1/contract-templates", body.EffectiveAt?.Start(write.Calendar),
            (template, _, _) => new(DefineContractTemplate.Decide(template, new(
                body.Name, [.. body.Clauses.Select(clause => clause.ToClause()).Select(clause =>
                    new TemplateClause(clause.Key, clause.Value, clause.Title))]))),
            cancellation);

    internal sealed record Request(
        string Name, IReadOnlyList<ClauseBody> Clauses, ContractTemplateId? Id, DateOrInstant? EffectiveAt);
}
