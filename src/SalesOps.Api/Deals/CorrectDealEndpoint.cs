using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/corrections</c></summary>
internal sealed class CorrectDealEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/corrections", HandleAsync)
        .WithName("CorrectDeal").WithTags("Deals")
        .WithSummary("Takes a recorded fact back, also of a closed deal, and may put another in its place.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CorrectAsync(
            write, StreamKinds.Deals, dealId, body, DealReplacement.NaturalTimeOf,
            async (deal, replacement, at, session) => DealReplacement.Decide(
                deal, replacement,
                await session.PipelineAsync(DealReplacement.PipelineOf(deal, replacement), at, cancellation)),
            cancellation);
}
