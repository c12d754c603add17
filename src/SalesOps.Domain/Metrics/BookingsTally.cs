namespace SalesOps.Domain.Metrics;

/// <summary>What was won: how many deals, for how much, and how much each on average.</summary>
public sealed class BookingsTally : IClosedDealTally
{
    public long Deals { get; private set; }

    /// <summary>How many deals have no amount; they are not in the average.</summary>
    public long WithoutAmount { get; private set; }

    public MoneySums Amounts { get; } = new();

    /// <summary>Rounded once to the currency; absent without amounts and where they are of several currencies.</summary>
    public Money? Average => Amounts.OfOneCurrency is var (sum, count)
        ? (sum with { Amount = sum.Amount / count }).Rounded()
        : null;

    /// <summary>Why there is no average.</summary>
    public string? Reason => Average is not null ? null : Amounts.IsMixed ? Ratio.MixedCurrencies : Ratio.NoDenominator;

    public void Add(ClosedDeal deal, Money? amount)
    {
        Deals++;
        if (amount is { } value)
        {
            Amounts.Add(value);
        }
        else
        {
            WithoutAmount++;
        }
    }
}
