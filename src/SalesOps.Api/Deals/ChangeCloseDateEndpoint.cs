using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/close-date</c></summary>
internal sealed class ChangeCloseDateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/close-date", HandleAsync)
        .WithName("ChangeCloseDate").WithTags("Deals").WithSummary("Sets when an open deal is expected to close.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            deal => ChangeCloseDate.Decide(deal, new(body.ExpectedClose)),
            cancellation);

    internal sealed record Request(DateOnly ExpectedClose, DateOrInstant? EffectiveAt);
}
