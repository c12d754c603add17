using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Forecasts;

/// <summary>The models by what was known at one instant.</summary>
/// <param name="PipelineOf">The version of a pipeline that was in force, as known then.</param>
public sealed record KnownModels(ModelKnowledge Knowledge, Func<PipelineId, PipelineFact?> PipelineOf)
{
    public ModelForecast Of(ForecastModel model) => ForecastModels.Of(model, Knowledge, PipelineOf);

    /// <summary>
    /// Holds the probabilities that a model gave to deals against what became of them: whether each was won in the period
    /// that it was to close in.
    /// </summary>
    /// <param name="models">By period.</param>
    /// <param name="wonOn">The deals that were won, with the date.</param>
    public static ProbabilityQuality QualityOf(
        ForecastModel model, IEnumerable<KnownModels> models, string currency, IReadOnlyDictionary<DealId, DateOnly> wonOn)
    {
        var quality = new ProbabilityQuality();
        foreach (var known in models)
        {
            foreach (var (deal, probability) in ForecastModels.Probabilities(model, known.Knowledge, known.PipelineOf))
            {
                if (deal.Amount.Currency == currency)
                {
                    var isWon = wonOn.TryGetValue(deal.Id, out var on) && known.Knowledge.Period.Contains(on);
                    quality.Add(probability, 1, isWon ? 1 : 0);
                }
            }
        }

        return quality;
    }

    public IReadOnlyDictionary<(RepId? OwnerId, string Currency), decimal> ClosedPlusWeightedByOwner() =>
        ForecastModels.ClosedPlusWeightedByOwner(Knowledge, PipelineOf);
}
