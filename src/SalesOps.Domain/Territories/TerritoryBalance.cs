using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Territories;

/// <summary>What makes an account count for its territory.</summary>
public enum Potential
{
    Revenue,
    Employees,
    Accounts,
}

/// <summary>What a territory has.</summary>
/// <param name="Potential">Of its accounts, in the measure chosen; an account without it counts nothing.</param>
/// <param name="Capacity">Of its reps: the heads that their shares come to.</param>
/// <param name="Index">Share of potential ÷ share of capacity (RULES R27); 1 where it has just what it can work.</param>
public sealed record TerritoryLoad(TerritoryId Id, long Accounts, decimal Potential, decimal Capacity, Ratio Index);

/// <summary>How evenly potential and capacity lie over the leaves.</summary>
/// <param name="Loads">In the order of ids.</param>
/// <param name="MaxToMin">The greatest index ÷ the smallest.</param>
/// <param name="Gini">Of the indices: 0 where all are equal, towards 1 the more one has of it.</param>
public sealed record TerritoryBalance(IReadOnlyList<TerritoryLoad> Loads, Ratio MaxToMin, Ratio Gini)
{
    /// <param name="isMixed">Whether the potential is money of several currencies, which no share is of.</param>
    public static TerritoryBalance Of(
        IReadOnlyList<(TerritoryId Id, long Accounts, decimal Potential, decimal Capacity)> leaves, bool isMixed)
    {
        var (potential, capacity) = (leaves.Sum(leaf => leaf.Potential), leaves.Sum(leaf => leaf.Capacity));
        TerritoryLoad[] loads =
        [
            .. leaves.Select(leaf => new TerritoryLoad(
                leaf.Id, leaf.Accounts, leaf.Potential, leaf.Capacity,
                isMixed ? Ratio.Absent(Ratio.MixedCurrencies)
                    : Ratio.Of(leaf.Potential * capacity, potential * leaf.Capacity))),
        ];
        decimal[] indices = [.. loads.Select(load => load.Index.Value).OfType<decimal>().Order()];
        return indices is [] || isMixed
            ? new(loads, Absent(), Absent())
            : new(loads, Ratio.Of(indices[^1], indices[0]), GiniOf(indices));

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
