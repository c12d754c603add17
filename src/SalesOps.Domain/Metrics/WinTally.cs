using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Metrics;

/// <summary>Won and lost, by count and by value (RULES R7).</summary>
public sealed class WinTally : IClosedDealTally
{
    public long Won { get; private set; }

    public long Lost { get; private set; }

    /// <summary>How many deals have no amount, and count for nothing by value.</summary>
    public long WithoutAmount { get; private set; }

    public MoneySums WonAmounts { get; } = new();

    public MoneySums LostAmounts { get; } = new();

    /// <summary>Won ÷ (won + lost).</summary>
    public Ratio RateByCount => Ratio.Of(Won, Won + Lost);

    /// <summary>The same with amounts, where all are of one currency.</summary>
    public Ratio RateByValue
    {
        get
        {
            var all = new MoneySums();
            foreach (var amount in WonAmounts.Rounded.Concat(LostAmounts.Rounded))
            {
                all.Add(amount);
            }

            return all switch
            {
                { IsMixed: true } => Ratio.Absent(Ratio.MixedCurrencies),
                { OfOneCurrency: var (total, _) } => Ratio.Of(WonAmounts.OfOneCurrency?.Sum.Amount ?? 0, total.Amount),
                _ => Ratio.Absent(Ratio.NoDenominator),
            };
        }
    }

    public void Add(ClosedDeal deal, Money? amount)
    {
        var isWon = deal.Status == DealStatus.Won;
        Won += isWon ? deal.Deals : 0;
        Lost += isWon ? 0 : deal.Deals;
        if (amount is { } value)
        {
            (isWon ? WonAmounts : LostAmounts).Add(value, deal.Deals);
        }
        else
        {
            WithoutAmount += deal.Deals;
        }
    }
}
