using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals</c></summary>
internal sealed class OpenDealEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals", HandleAsync)
        .WithName("OpenDeal").WithTags("Deals").WithSummary("Opens a deal, in the first stage of its pipeline unless told otherwise.")
        .RequireAuthorization(Policies.EditDeals)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CreateAsync(
            write, StreamKinds.Deals, body.Id?.Value, "/v1/deals", body.EffectiveAt?.Start(write.Calendar),
            async (deal, at, session) => OpenDeal.Decide(
                deal, await session.PipelineAsync(body.PipelineId ?? Pipeline.DefaultId, at, cancellation), body.ToCommand()),
            cancellation);

    internal sealed record Request(
        string Name,
        DealId? Id,
        AccountId? AccountId,
        RepId? OwnerId,
        PipelineId? PipelineId,
        StageKey? Stage,
        Money? Amount,
        DateOnly? ExpectedClose,
        LeadId? LeadId,
        string? Source,
        DateOrInstant? EffectiveAt)
    {
        public OpenDeal ToCommand() => new(Name, Stage, AccountId, OwnerId, Amount, ExpectedClose, LeadId, Source);
    }
}
