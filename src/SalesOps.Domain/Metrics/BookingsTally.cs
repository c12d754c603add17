namespace SalesOps.Domain.Metrics;

/// <summary>What was won: how many deals, for how much, and how much each on average and at the median.</summary>
public sealed class BookingsTally : IClosedDealTally
{
    private readonly List<decimal> _each = [];

    public long Deals { get; private set; }

    /// <summary>How many deals have no amount; they are not in the average.</summary>
    public long WithoutAmount { get; private set; }

    public MoneySums Amounts { get; } = new();

    /// <summary>Rounded once to the currency; absent without amounts and where they are of several currencies.</summary>
    public Money? Average => ExactAverage?.Rounded();

    /// <summary>The same at full precision.</summary>
    public Money? ExactAverage => Amounts.OfOneCurrency is var (sum, count) ? sum with { Amount = sum.Amount / count } : null;

    /// <summary>Half of the deals with an amount are worth no more; between the two in the middle, rounded.</summary>
    public Money? Median
    {
        get
        {
            if (Amounts.OfOneCurrency is not var (sum, _))
            {
                return null;
            }

            _each.Sort();
            return (sum with { Amount = (_each[(_each.Count - 1) / 2] + _each[_each.Count / 2]) / 2 }).Rounded();
        }
    }

    /// <summary>Why there is no average.</summary>
    public string? Reason => Average is not null ? null : Amounts.IsMixed ? Ratio.MixedCurrencies : Ratio.NoDenominator;

    public void Add(ClosedDeal deal, Money? amount)
    {
        Deals++;
        if (amount is { } value)
        {
            Amounts.Add(value);
            _each.Add(value.Amount);
        }
        else
        {
            WithoutAmount++;
        }
    }
}
