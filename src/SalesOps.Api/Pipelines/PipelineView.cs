using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary>A pipeline as clients see it, with its stages in order.</summary>
internal sealed record PipelineView(string Id, long? Version, string Name, IReadOnlyList<StageView> Stages, AsOfView? AsOf)
{
    public static PipelineView Of(Pipeline pipeline, long? version, AsOfView? asOf) =>
        new(pipeline.Id.Value, version, pipeline.Name!, [.. pipeline.Stages.Select(StageView.Of)], asOf);
}

internal sealed record StageView(
    string Key,
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
    public static StageView Of(Stage stage) => new(
        stage.Key.Value, stage.Name, stage.Probability, stage.Category, stage.ExitCriteria, stage.Guidance, stage.Questions,
        stage.Content, stage.BuyingSignals, stage.CriteriaRequired);
}
