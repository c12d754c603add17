using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary><c>POST /v1/pipelines</c></summary>
internal sealed class DefinePipelineEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/pipelines", HandleAsync)
        .WithName("DefinePipeline").WithTags("Pipelines")
        .WithSummary("Defines a pipeline, or a new version of one from a time on.")
        .RequireAuthorization(Policies.ManageCatalog)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CreateAsync(
            write, StreamKinds.Pipelines, body.Id?.Value, "/v1/pipelines", body.EffectiveAt?.Start(write.Calendar),
            (pipeline, _, _) => new(DefinePipeline.Decide(
                pipeline, new(body.Name, [.. body.Stages.Select(stage => stage.ToStage())]))),
            cancellation);

    internal sealed record Request(string Name, IReadOnlyList<StageBody> Stages, PipelineId? Id, DateOrInstant? EffectiveAt);

    /// <param name="Probability">That a deal in it will be won, 0 to 1.</param>
    /// <param name="CriteriaRequired">Whether a deal moves on from it only with its exit criteria met.</param>
    internal sealed record StageBody(
        StageKey Key,
        string Name,
        decimal? Probability,
        ForecastCategory? Category,
        IReadOnlyList<string>? ExitCriteria,
        string? Guidance,
        IReadOnlyList<string>? Questions,
        IReadOnlyList<string>? Content,
        IReadOnlyList<string>? BuyingSignals,
        bool? CriteriaRequired)
    {
        public Stage ToStage() => new(
            Key, Name, Probability, Category, ExitCriteria, Guidance, Questions, Content, BuyingSignals, CriteriaRequired);
    }
}
