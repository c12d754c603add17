using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territory-models/{modelId}/activate</c></summary>
internal sealed class ActivateTerritoryModelEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territory-models/{modelId}/activate", HandleAsync)
        .WithName("ActivateTerritoryModel").WithTags("Territories")
        .WithSummary("Puts a model into force from a time on, in the place of the whole tree; an old one can be again.")
        .RequireAuthorization(Policies.EditTerritories)
        .RunsCommand();

    /// <summary>The tree is written, the model guarded: a draft that changes meanwhile is looked at again.</summary>
    private static Task<IResult> HandleAsync(
        string modelId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunPartAsync(
            write, StreamKinds.TerritoryTrees, TerritoryTree.Id, modelId, body.EffectiveAt?.Start(write.Calendar),
            async (tree, _, session) => ActivateTerritoryModel.Decide(
                tree,
                new(new(modelId), (await session.ReadAsync(StreamKinds.TerritoryModels, modelId, cancellation)).Latest)),
            location: null, cancellation);

    internal sealed record Request(DateOrInstant? EffectiveAt);
}
