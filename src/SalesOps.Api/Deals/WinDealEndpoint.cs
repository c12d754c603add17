using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/win</c></summary>
internal sealed class WinDealEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/win", HandleAsync)
        .WithName("WinDeal").WithTags("Deals").WithSummary("Closes a deal as won.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, (body.EffectiveAt ?? new(body.ClosedOn)).End(write.Calendar),
            deal => WinDeal.Decide(deal, new(body.ClosedOn, body.Amount)),
            cancellation);

    internal sealed record Request(DateOnly ClosedOn, Money? Amount, DateOrInstant? EffectiveAt);
}
