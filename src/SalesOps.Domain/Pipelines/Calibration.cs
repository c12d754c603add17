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

/// <summary>Predictions of one decile of probability against what came of them.</summary>
/// <param name="From">The least probability of the decile; the last one includes 1.</param>
public sealed record ReliabilityBin(decimal From, decimal To, long Count, decimal Predicted, decimal Observed);

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

    /// <summary>The mean of (p − y)², where y is 1 for won and 0 for lost; 0 is best.</summary>
    public Ratio Brier
    {
        get
        {
            var known = Stages.Where(stage => stage.Probability is not null).ToArray();
            return Ratio.Of(known.Sum(stage => SquaredErrorOf(stage)), known.Sum(stage => stage.Deals));
        }
    }

    /// <summary>By deciles of the probability; those without predictions are left out.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability =>
    [
        .. from stage in Stages
           where stage is { Probability: not null, Deals: > 0 }
           group stage by Math.Min(9, (int)decimal.Floor(stage.Probability!.Value * 10)) into bin
           orderby bin.Key
           let count = bin.Sum(stage => stage.Deals)
           select new ReliabilityBin(
               bin.Key / 10m, (bin.Key + 1) / 10m, count, bin.Sum(stage => stage.Probability!.Value * stage.Deals) / count,
               (decimal)bin.Sum(stage => stage.Won) / count),
    ];

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

    private static decimal SquaredErrorOf(StageCalibration stage)
    {
        var p = stage.Probability!.Value;
        return (stage.Won * (1 - p) * (1 - p)) + ((stage.Deals - stage.Won) * p * p);
    }
}
