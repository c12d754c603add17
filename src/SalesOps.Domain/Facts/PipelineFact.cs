using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a version of a pipeline.</summary>
/// <param name="Stages">In the order of the sales process.</param>
public sealed record PipelineFact(string Name, ValueList<StageFact> Stages)
{
    /// <summary>Nothing is kept of a pipeline that is not defined.</summary>
    public static PipelineFact? Of(Pipeline pipeline) => pipeline.Name is { } name
        ? new(name, [.. pipeline.Stages.Select(stage => new StageFact(stage.Key, stage.Name, stage.Probability, stage.Category))])
        : null;
}

/// <summary>What the read side keeps of a stage.</summary>
public sealed record StageFact(StageKey Key, string Name, decimal? Probability, ForecastCategory? Category);
