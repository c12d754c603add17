using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/lose</c></summary>
internal sealed class LoseDealEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/lose", HandleAsync)
        .WithName("LoseDeal").WithTags("Deals").WithSummary("Closes a deal as lost.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, (body.EffectiveAt ?? new(body.ClosedOn)).End(write.Calendar),
            deal => LoseDeal.Decide(deal, new(body.ClosedOn, body.Reason, body.Competitor)),
            cancellation);

    internal sealed record Request(DateOnly ClosedOn, string Reason, string? Competitor, DateOrInstant? EffectiveAt);
}
