using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/forecast-category</c></summary>
internal sealed class ChangeForecastCategoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/forecast-category", HandleAsync)
        .WithName("ChangeForecastCategory").WithTags("Deals").WithSummary("Sets an open deal's own forecast category.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            deal => ChangeForecastCategory.Decide(deal, new(body.Category)),
            cancellation);

    internal sealed record Request(ForecastCategory Category, DateOrInstant? EffectiveAt);
}
