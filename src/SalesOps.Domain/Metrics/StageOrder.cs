using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Metrics;

/// <summary>Which stage comes after which in one version of a pipeline; won comes after all.</summary>
public sealed class StageOrder(PipelineFact pipeline)
{
    /// <summary>The key that stands for the end of the process.</summary>
    public const string Won = "won";

    private readonly Dictionary<StageKey, int> _places =
        pipeline.Stages.Index().ToDictionary(stage => stage.Item.Key, stage => stage.Index);

    public PipelineFact Pipeline => pipeline;

    /// <summary>The place of a stage from 0; null for one that the version doesn't have.</summary>
    public int? PlaceOf(StageKey stage) => _places.TryGetValue(stage, out var place) ? place : null;

    /// <summary>The furthest place that a deal ever reached; −1 where it was in no stage of the version.</summary>
    public int FurthestOf(DealPath deal) => deal.Status == DealStatus.Won
        ? pipeline.Stages.Count
        : deal.Visits.Max(visit => PlaceOf(visit.Stage)) ?? -1;

    /// <summary>Each stage with the next, and the last with won.</summary>
    public IEnumerable<(StageFact From, string To, string ToName, int Place)> Steps() =>
        pipeline.Stages.Index().Select(stage => stage.Index + 1 < pipeline.Stages.Count
            ? (stage.Item, pipeline.Stages[stage.Index + 1].Key.Value, pipeline.Stages[stage.Index + 1].Name, stage.Index)
            : (stage.Item, Won, "Won", stage.Index));
}
