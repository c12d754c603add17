using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Forecasts;

/// <summary>The models by what was known at one instant.</summary>
/// <param name="PipelineOf">The version of a pipeline that was in force, as known then.</param>
public sealed record KnownModels(ModelKnowledge Knowledge, Func<PipelineId, PipelineFact?> PipelineOf)
{
    public ModelForecast Of(ForecastModel model) => ForecastModels.Of(model, Knowledge, PipelineOf);

    public IReadOnlyDictionary<(RepId? OwnerId, string Currency), decimal> ClosedPlusWeightedByOwner() =>
        ForecastModels.ClosedPlusWeightedByOwner(Knowledge, PipelineOf);
}
