using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/name</c></summary>
internal sealed class RenameDealEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/name", HandleAsync)
        .WithName("RenameDeal").WithTags("Deals").WithSummary("Gives a deal another name.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            deal => RenameDeal.Decide(deal, new(body.Name)),
            cancellation);

    internal sealed record Request(string Name, DateOrInstant? EffectiveAt);
}
