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
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) => commands.RunAsync(
            write, StreamKinds.Weights, WeightSetting.StreamId, [],
            (timeline, session) =>
            {
                var at = body.EffectiveAt?.Start(write.Calendar) ?? session.PresentOf(timeline);
                return new(Verdict.Of(
                    timeline.Decide(at, state => ChangeWeights.Decide(state, new(body.Weights.ToWeights(), body.Reason))), at));
            },
            (session, position) => new CommandResponse(
                WeightSetting.StreamId, session.VersionOf(StreamKinds.Weights.NameOf(WeightSetting.StreamId)), position),
            location: null, cancellation, begins: true);

    internal sealed record Request(WeightsView Weights, string? Reason, DateOrInstant? EffectiveAt);
}
