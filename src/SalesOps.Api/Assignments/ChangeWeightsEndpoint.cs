using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/assignments/settings</c></summary>
internal sealed class ChangeWeightsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/settings", HandleAsync)
        .WithName("ChangeAssignmentSettings").WithTags("Assignments")
        .WithSummary("Weighs the factors of recommendations otherwise, from a time on.")
        .RequireAuthorization(Policies.ManageCatalog)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) => commands.RunPartAsync(
            write, StreamKinds.Weights, WeightSetting.StreamId, part: WeightSetting.StreamId,
            body.EffectiveAt?.Start(write.Calendar),
            (setting, _, _) => new(ChangeWeights.Decide(setting, new(body.Weights.ToWeights(), body.Reason))),
            location: null, cancellation);

    internal sealed record Request(WeightsView Weights, string? Reason, DateOrInstant? EffectiveAt);
}
