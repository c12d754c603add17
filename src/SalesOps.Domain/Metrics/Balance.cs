namespace SalesOps.Domain.Metrics;

/// <summary>How evenly potential lies over capacity (RULES R27).</summary>
/// <param name="Indices">Share of potential ÷ share of capacity, in the order given; 1 for whoever has just what they can work.</param>
/// <param name="MaxToMin">The greatest index ÷ the smallest.</param>
/// <param name="Gini">Of the indices: 0 where all are equal, towards 1 the more one has of it.</param>
public sealed record Balance(IReadOnlyList<Ratio> Indices, Ratio MaxToMin, Ratio Gini)
{
    /// <param name="isMixed">Whether the potential is money of several currencies, which no share is of.</param>
    public static Balance Of(IReadOnlyList<(decimal Potential, decimal Capacity)> parts, bool isMixed = false)
    {
        var (potential, capacity) = (parts.Sum(part => part.Potential), parts.Sum(part => part.Capacity));
        Ratio[] ratios =
        [
            .. parts.Select(part => isMixed
                ? Ratio.Absent(Ratio.MixedCurrencies)
                : Ratio.Of(part.Potential * capacity, potential * part.Capacity)),
        ];
        decimal[] indices = [.. ratios.Select(ratio => ratio.Value).OfType<decimal>().Order()];
        return indices is [] || isMixed
            ? new(ratios, Absent(), Absent())
            : new(ratios, Ratio.Of(indices[^1], indices[0]), GiniOf(indices));

        Ratio Absent() => Ratio.Absent(isMixed ? Ratio.MixedCurrencies : Ratio.NoDenominator);
    }

    /// <summary>Over the indices from the smallest: 2 Σ i·x ÷ (n Σ x) − (n + 1) ÷ n.</summary>
    private static Ratio GiniOf(decimal[] indices)
    {
        var (count, sum) = (indices.Length, indices.Sum());
        var ranked = indices.Index().Sum(entry => (entry.Index + 1) * entry.Item);
        return sum == 0 ? Ratio.Absent(Ratio.NoDenominator) : new(((2 * ranked / sum) - (count + 1)) / count, null);
    }
}
