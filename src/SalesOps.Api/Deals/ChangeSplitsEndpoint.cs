using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/splits</c></summary>
internal sealed class ChangeSplitsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/splits", HandleAsync)
        .WithName("ChangeSplits").WithTags("Deals").WithSummary("Sets who shares a deal's credit.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId, body.EffectiveAt?.Start(write.Calendar),
            deal => ChangeSplits.Decide(
                deal, new([.. body.Splits.Select(split => new Split(split.RepId, split.Percent, split.Kind))])),
            cancellation);

    internal sealed record Request(IReadOnlyList<SplitBody> Splits, DateOrInstant? EffectiveAt);

    internal sealed record SplitBody(RepId RepId, decimal Percent, SplitKind Kind);
}
