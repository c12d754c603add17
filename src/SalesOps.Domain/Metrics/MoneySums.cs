namespace SalesOps.Domain.Metrics;

/// <summary>Adds amounts up, each currency by itself; money of two currencies is never one number.</summary>
public sealed class MoneySums
{
    private readonly SortedDictionary<string, (decimal Amount, long Count)> _sums = new(StringComparer.Ordinal);

    /// <summary>The sums, each rounded once to its currency, by currency.</summary>
    public IReadOnlyList<Money> Rounded => [.. _sums.Select(sum => new Money(sum.Value.Amount, sum.Key).Rounded())];

    /// <summary>The sum and the number of what was added, where it was of one currency.</summary>
    public (Money Sum, long Count)? OfOneCurrency => _sums.Count == 1 && _sums.First() is var (currency, sum)
        ? (new(sum.Amount, currency), sum.Count)
        : null;

    /// <summary>Whether more than one currency was added.</summary>
    public bool IsMixed => _sums.Count > 1;

    /// <summary>Adds the sum of <paramref name="count"/> amounts, at full precision.</summary>
    public void Add(Money sum, long count = 1)
    {
        var (amount, before) = _sums.GetValueOrDefault(sum.Currency);
        _sums[sum.Currency] = (amount + sum.Amount, before + count);
    }
}
