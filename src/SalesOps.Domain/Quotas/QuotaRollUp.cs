using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Quotas;

/// <summary>What one who is above others is asked for, and what those below are.</summary>
/// <param name="ParentKey">Who stands right above; absent at the top.</param>
/// <param name="Level">0 at the top.</param>
/// <param name="Own">The quota of its own; absent where there is none.</param>
/// <param name="Below">
/// The sum of those right below, each by its own quota or, without one, by those below it; absent where nobody has any.
/// </param>
public sealed record QuotaNode(string Key, string? ParentKey, int Level, QuotaAmount? Own, QuotaAmount? Below)
{
    /// <summary>What counts for whoever stands above.</summary>
    public QuotaAmount? Counted => Own ?? Below;

    /// <summary>
    /// By how much more is asked of those below than of the one above, as a share of the latter: 0.1 for a tenth more.
    /// </summary>
    public Ratio OverAssignment => Own is { } own && Below is { } below
        ? Ratio.Of(below.Value - own.Value, own.Value)
        : Ratio.Absent(Ratio.NoDenominator);
}

/// <summary>Adds quotas up along a tree, each currency by itself.</summary>
public static class QuotaRollUp
{
    /// <summary>Every node that has a quota, or somebody below with one, from the top down in the order of keys.</summary>
    /// <param name="parents">Every node with the one above it; one that is not there stands at the top. Has no circle.</param>
    /// <param name="own">The quotas; of one node and currency they add up.</param>
    public static IReadOnlyList<QuotaNode> Of(
        IReadOnlyDictionary<string, string?> parents, IEnumerable<(string Key, QuotaAmount Quota)> own)
    {
        var children = parents.Keys.Order(StringComparer.Ordinal).ToLookup(ParentOf);
        var quotas = own.ToLookup(quota => quota.Quota.Currency ?? string.Empty);
        return
        [
            .. quotas.OrderBy(currency => currency.Key, StringComparer.Ordinal)
                .SelectMany(currency => Tree(currency.ToLookup(quota => quota.Key, quota => quota.Quota))),
        ];

        string? ParentOf(string key) => parents[key] is { } parent && parents.ContainsKey(parent) ? parent : null;

        IEnumerable<QuotaNode> Tree(ILookup<string, QuotaAmount> amounts) =>
            children[null].SelectMany(top => Below(amounts, top, null, level: 0));

        // A node goes before those below it, but what it says of them is known only after them.
        List<QuotaNode> Below(ILookup<string, QuotaAmount> amounts, string key, string? parent, int level)
        {
            var parts = children[key].SelectMany(child => Below(amounts, child, key, level + 1)).ToList();
            var node = new QuotaNode(
                key, parent, level, Sum(amounts[key]),
                Sum(parts.Where(part => part.Level == level + 1).Select(part => part.Counted).OfType<QuotaAmount>()));
            return node.Counted is null ? [] : [node, .. parts];
        }
    }

    private static QuotaAmount? Sum(IEnumerable<QuotaAmount> amounts) => amounts.Aggregate(
        (QuotaAmount?)null, (sum, amount) => sum is null ? amount : sum with { Value = sum.Value + amount.Value });
}
