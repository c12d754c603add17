using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territories/{territoryId}/rules</c></summary>
internal sealed class ChangeTerritoryRulesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territories/{territoryId}/rules", HandleAsync)
        .WithName("ChangeTerritoryRules").WithTags("Territories").WithSummary("Gives a territory other rules.")
        .RequireAuthorization(Policies.EditTerritories)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string territoryId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.ChangeTerritoryAsync(
            write, territoryId, body.EffectiveAt,
            tree => RuleBody.Read(body.Rules) switch
            {
                (_, { } fault) => fault,
                var (rules, _) => ChangeTerritory.Rules(tree, new(territoryId), rules),
            },
            cancellation);

    internal sealed record Request(IReadOnlyList<RuleBody> Rules, DateOrInstant? EffectiveAt);
}
