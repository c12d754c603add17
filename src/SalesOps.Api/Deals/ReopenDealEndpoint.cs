using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/reopen</c></summary>
internal sealed class ReopenDealEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/reopen", HandleAsync)
        .WithName("ReopenDeal").WithTags("Deals").WithSummary("Opens a closed deal again.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            _ => ReopenDeal.Decide(new(body.Reason)),
            cancellation);

    internal sealed record Request(string Reason, DateOrInstant? EffectiveAt);
}
