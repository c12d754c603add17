using FsCheck.Fluent;
using SalesOps.Domain.Quotas;
using SalesOps.Domain.Tests.Properties;
using Xunit;

namespace SalesOps.Domain.Tests.Quotas;

public sealed class QuotaRollUpTests
{
    private static readonly Dictionary<string, string?> Tree = new(StringComparer.Ordinal)
    {
        ["top"] = null,
        ["east"] = "top",
        ["west"] = "top",
        ["ada"] = "east",
        ["ben"] = "east",
        ["cleo"] = "west",
    };

    [Fact]
    public void Who_has_a_quota_counts_by_it_and_who_has_none_by_those_below()
    {
        var nodes = QuotaRollUp.Of(Tree, [Usd("top", 100), Usd("east", 70), Usd("ada", 50), Usd("ben", 30), Usd("cleo", 40)]);
        Assert.Equal(["top", "east", "ada", "ben", "west", "cleo"], nodes.Select(node => node.Key));
        Assert.Equal([0, 1, 2, 2, 1, 2], nodes.Select(node => node.Level));
        Assert.Equal([110, 80, null, null, 40, null], nodes.Select(node => node.Below?.Value));
        Assert.Equal([100, 70, 50, 30, null, 40], nodes.Select(node => node.Own?.Value));
        Assert.Equal(0.1m, nodes[0].OverAssignment.Value);
        Assert.Equal("no-denominator", nodes[4].OverAssignment.Reason);
    }

    [Fact]
    public void Currencies_stand_apart_and_who_has_nothing_is_left_out() => Assert.Equal(
        [("east", "EUR"), ("ada", "EUR"), ("cleo", "USD")],
        QuotaRollUp.Of(
            new Dictionary<string, string?> { ["east"] = null, ["ada"] = "east", ["ben"] = "east", ["cleo"] = "gone" },
            [("ada", new(1, "EUR")), Usd("cleo", 2)]).Select(node => (node.Key, node.Counted!.Currency!)));

    [Fact]
    public void Where_only_those_at_the_bottom_have_quotas_the_top_has_their_sum() => Prop.ForAll<byte[], int>((parents, seed) =>
    {
        var random = new Random(seed);
        var tree = new Dictionary<string, string?> { ["n0"] = null };
        foreach (var (index, parent) in parents.Take(30).Index())
        {
            tree[$"n{index + 1}"] = $"n{parent % (index + 1)}";
        }

        var leaves = tree.Keys.Where(key => !tree.ContainsValue(key)).Select(key => Usd(key, random.Next(1_000))).ToArray();
        var top = QuotaRollUp.Of(tree, leaves).Single(node => node.Level == 0);
        Assert.Equal(leaves.Sum(leaf => leaf.Quota.Value), top.Counted!.Value);
    }).Check();

    private static (string Key, QuotaAmount Quota) Usd(string key, decimal amount) => (key, new(amount, "USD"));
}
