using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Pipelines;

/// <summary>What became of the deals that were in a stage.</summary>
/// <param name="Probability">That the version in force gives it.</param>
/// <param name="Deals">Closed deals that were ever in it.</param>
public sealed record StageCalibration(StageKey Stage, string Name, decimal? Probability, long Deals, long Won)
{
    /// <summary>Won ÷ deals: what the probability would have to be.</summary>
    public Ratio Observed => Ratio.Of(Won, Deals);
}

/// <summary>
/// Holds the probabilities of a pipeline's stages against closed deals: each deal is a prediction once for every stage that
/// it was in (RULES R9, probability quality).
/// </summary>
public sealed class Calibration(StageOrder order)
{
    /// <summary>How many decimals a calibrated probability has.</summary>
    private const int Places = 4;

    private readonly (long Deals, long Won)[] _stages = new (long, long)[order.Pipeline.Stages.Count];

    /// <summary>How many closed deals were counted.</summary>
    public long Deals { get; private set; }

    public IReadOnlyList<StageCalibration> Stages =>
    [
        .. order.Pipeline.Stages.Select((stage, place) => new StageCalibration(
            stage.Key, stage.Name, stage.Probability, _stages[place].Deals, _stages[place].Won)),
    ];

    /// <summary>How good the probabilities are, of the stages that have one.</summary>
    public ProbabilityQuality Quality
    {
        get
        {
            var quality = new ProbabilityQuality();
            foreach (var stage in Stages)
            {
                if (stage.Probability is { } probability)
                {
                    quality.Add(probability, stage.Deals, stage.Won);
                }
            }

            return quality;
        }
    }

    /// <summary>Counts a closed deal in.</summary>
    public void Add(DealPath deal)
    {
        Deals++;
        foreach (var place in deal.Visits.Select(visit => order.PlaceOf(visit.Stage)).OfType<int>().Distinct())
        {
            var (deals, won) = _stages[place];
            _stages[place] = (deals + 1, won + (deal.Status == DealStatus.Won ? 1 : 0));
        }
    }

    /// <summary>The probability that history suggests for a stage; null with too few deals.</summary>
    public decimal? Suggest(StageKey stage, int leastDeals) =>
        order.PlaceOf(stage) is { } place && _stages[place].Deals >= Math.Max(1, leastDeals)
            ? decimal.Round((decimal)_stages[place].Won / _stages[place].Deals, Places, MidpointRounding.AwayFromZero)
            : null;
}
