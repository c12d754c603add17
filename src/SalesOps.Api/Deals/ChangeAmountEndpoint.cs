using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/amount</c></summary>
internal sealed class ChangeAmountEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/amount", HandleAsync)
        .WithName("ChangeAmount").WithTags("Deals").WithSummary("Sets what an open deal is worth.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            deal => ChangeAmount.Decide(deal, new(body.Amount)),
            cancellation);

    internal sealed record Request(Money Amount, DateOrInstant? EffectiveAt);
}
