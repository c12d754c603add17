using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/owner</c></summary>
internal sealed class ChangeOwnerEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/owner", HandleAsync)
        .WithName("ChangeOwner").WithTags("Deals").WithSummary("Hands an open deal to another rep.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            deal => ChangeOwner.Decide(deal, new(body.OwnerId)),
            cancellation);

    internal sealed record Request(RepId OwnerId, DateOrInstant? EffectiveAt);
}
