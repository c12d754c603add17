using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/stage</c></summary>
internal sealed class ChangeStageEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/stage", HandleAsync)
        .WithName("ChangeStage").WithTags("Deals").WithSummary("Moves a deal to another stage.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            async (deal, at, session) => ChangeStage.Decide(
                deal, await session.PipelineAsync(deal.PipelineId, at, cancellation), new(body.Stage, body.MetCriteria)),
            cancellation);

    /// <param name="MetCriteria">The exit criteria of the stage it leaves that are met.</param>
    internal sealed record Request(StageKey Stage, DateOrInstant? EffectiveAt, IReadOnlyList<string>? MetCriteria);
}
