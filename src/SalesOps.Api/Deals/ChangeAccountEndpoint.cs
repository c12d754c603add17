using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/account</c></summary>
internal sealed class ChangeAccountEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/account", HandleAsync)
        .WithName("ChangeAccount").WithTags("Deals").WithSummary("Puts an open deal to another account.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            deal => ChangeAccount.Decide(deal, new(body.AccountId)),
            cancellation);

    internal sealed record Request(AccountId AccountId, DateOrInstant? EffectiveAt);
}
