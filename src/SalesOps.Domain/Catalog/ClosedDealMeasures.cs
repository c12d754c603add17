using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Catalog;

/// <summary>What closed deals come to by every measure that is of them alone.</summary>
public sealed class ClosedDealMeasures : IClosedDealTally
{
    private readonly WinTally _wins = new();
    private readonly BookingsTally _won = new();
    private readonly CycleTally _cycle = new();

    /// <summary>The measures that are of closed deals alone.</summary>
    public static IReadOnlyList<MetricMeasure> All { get; } =
    [
        MetricMeasure.WinRate, MetricMeasure.WinRateByValue, MetricMeasure.Bookings, MetricMeasure.DealsWon,
        MetricMeasure.AverageDeal, MetricMeasure.Cycle,
    ];

    /// <summary>The currency of what was won, where there is one.</summary>
    public string? Currency => _won.Amounts.OfOneCurrency?.Sum.Currency;

    public void Add(ClosedDeal deal, Money? amount)
    {
        _wins.Add(deal, amount);
        if (deal.Status == DealStatus.Won)
        {
            _won.Add(deal, amount);
            _cycle.Add(deal, amount);
        }
    }

    /// <summary>What they come to by a measure; absent for one that is not of closed deals.</summary>
    public Ratio? Of(MetricMeasure measure) => measure switch
    {
        MetricMeasure.WinRate => _wins.RateByCount,
        MetricMeasure.WinRateByValue => _wins.RateByValue,
        MetricMeasure.DealsWon => new(_won.Deals, null),
        MetricMeasure.Bookings => _won.Amounts.OfOneCurrency is var (sum, _) ? new(sum.Amount, null)
            : Ratio.Absent(_won.Amounts.IsMixed ? Ratio.MixedCurrencies : "no-deals"),
        MetricMeasure.AverageDeal => _won.Average is { } average ? new(average.Amount, null) : Ratio.Absent(_won.Reason!),
        MetricMeasure.Cycle => _cycle.Days.Mean is { } mean ? new(mean, null) : Ratio.Absent(Ratio.NoDenominator),
        _ => null,
    };
}
