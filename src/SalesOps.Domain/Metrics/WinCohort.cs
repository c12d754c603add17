using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Metrics;

/// <summary>
/// Won ÷ all of a cohort, whether created in a range or come into a stage in it (RULES R7). While some are open, the rate is
/// a lower bound.
/// </summary>
public sealed class WinCohort
{
    public long Deals { get; private set; }

    public long Won { get; private set; }

    public long Lost { get; private set; }

    public long Open => Deals - Won - Lost;

    public bool IsMatured => Open == 0;

    public Ratio Rate => Ratio.Of(Won, Deals);

    public void Add(DealPath deal)
    {
        Deals++;
        Won += deal.Status == DealStatus.Won ? 1 : 0;
        Lost += deal.Status == DealStatus.Lost ? 1 : 0;
    }
}
