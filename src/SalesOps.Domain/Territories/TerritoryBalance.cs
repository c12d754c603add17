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
        var balance = Balance.Of([.. leaves.Select(leaf => (leaf.Potential, leaf.Capacity))], isMixed);
        return new(
            [
                .. leaves.Zip(balance.Indices, (leaf, index) =>
                    new TerritoryLoad(leaf.Id, leaf.Accounts, leaf.Potential, leaf.Capacity, index)),
            ],
            balance.MaxToMin, balance.Gini);
    }
}
