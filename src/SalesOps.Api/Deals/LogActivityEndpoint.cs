using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/activities</c></summary>
internal sealed class LogActivityEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/activities", HandleAsync)
        .WithName("LogActivity").WithTags("Deals").WithSummary("Notes a call, e-mail or meeting about a deal.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            _ => LogActivity.Decide(new(body.Kind, body.RepId, body.ContactId)),
            cancellation);

    internal sealed record Request(ActivityKind Kind, RepId RepId, ContactId? ContactId, DateOrInstant? EffectiveAt);
}
