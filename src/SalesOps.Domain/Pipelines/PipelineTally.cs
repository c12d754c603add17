using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Pipelines;

/// <summary>
/// Open deals counted up. The weighted amount takes the probability of the stage version in force (RULES R1); deals in a
/// stage without one and omitted deals are not in it, and are counted.
/// </summary>
public sealed class PipelineTally
{
    public long Deals { get; private set; }

    public long WithoutAmount { get; private set; }

    /// <summary>How many have an amount but no probability.</summary>
    public long WithoutProbability { get; private set; }

    /// <summary>How many are omitted from the forecast.</summary>
    public long Omitted { get; private set; }

    public MoneySums Amounts { get; } = new();

    public MoneySums Weighted { get; } = new();

    public void Add(OpenDeals open, StageFact? stage)
    {
        var isOmitted = (open.Category ?? stage?.Category) == ForecastCategory.Omitted;
        Deals += open.Deals;
        Omitted += isOmitted ? open.Deals : 0;
        if (open.Sum is not { } sum)
        {
            WithoutAmount += open.Deals;
            return;
        }

        Amounts.Add(sum, open.Deals);
        if (stage?.Probability is not { } probability)
        {
            WithoutProbability += open.Deals;
        }
        else if (!isOmitted)
        {
            Weighted.Add(sum with { Amount = sum.Amount * probability }, open.Deals);
        }
    }
}
