namespace SalesOps.Domain.Metrics;

/// <summary>Whether deals count as one each or by what they are worth.</summary>
public enum Weight
{
    Count,
    Value,
}

/// <summary>Some of a set of deals and all of it, counted or weighed; money of two currencies has no ratio.</summary>
public sealed class Share(Weight weight)
{
    private readonly MoneySums _all = new();
    private readonly MoneySums _some = new();

    /// <summary>How many deals are in the set.</summary>
    public long All { get; private set; }

    /// <summary>How many of them are meant.</summary>
    public long Some { get; private set; }

    public Ratio Ratio => weight == Weight.Count ? Ratio.Of(Some, All)
        : _all.IsMixed ? Ratio.Absent(Ratio.MixedCurrencies)
        : Ratio.Of(_some.OfOneCurrency?.Sum.Amount ?? 0, _all.OfOneCurrency?.Sum.Amount ?? 0);

    /// <summary>Counts a deal in.</summary>
    /// <param name="isMeant">Whether it is one of the some.</param>
    public void Add(Money? amount, bool isMeant)
    {
        All++;
        Some += isMeant ? 1 : 0;
        if (amount is { } value)
        {
            _all.Add(value);
            if (isMeant)
            {
                _some.Add(value);
            }
        }
    }
}
