using SalesOps.Domain.Territories;
using Xunit;

namespace SalesOps.Domain.Tests.Territories;

public sealed class SalesForceSizingTests
{
    private static readonly TerritoryId North = new("north");
    private static readonly TerritoryId South = new("south");

    [Fact]
    public void Reps_needed_are_the_workload_by_the_selling_hours()
    {
        // 200 accounts · 36 calls · 1 hour and 350 · 12 · ½ hour, with 1,000 selling hours a rep.
        var sized = Sized([(200, "a", North), (350, "b", South)], 1_000, heads: 5);
        Assert.Equal((9_300, 9.3m), (sized.Workload, sized.Needed));
        Assert.Equal((7.2m, 2.1m), (sized.Territories[0].Needed, sized.Territories[1].Needed));
        Assert.Equal((0.93m, WorkloadHealth.Over), (sized.Utilisation.Value, sized.Health));
        Assert.Equal([WorkloadHealth.Over, WorkloadHealth.Under], sized.Territories.Select(territory => territory.Health!.Value));
    }

    [Fact]
    public void An_even_load_has_an_index_of_one_and_no_inequality()
    {
        var sized = Sized([(100, "a", North), (100, "a", South)], 1_000, heads: 4.5m);
        Assert.Equal([1m, 1m], sized.Territories.Select(territory => territory.Index.Value));
        Assert.Equal((1m, 0m, WorkloadHealth.Healthy), (sized.MaxToMin.Value, sized.Gini.Value, sized.Health));
    }

    [Fact]
    public void What_has_no_class_or_no_place_is_counted_and_nobody_at_work_is_no_ratio()
    {
        var sizing = new SalesForceSizing([new("a", 1, 2)], 10);
        sizing.Add(null, "A");
        sizing.Add(North, "z");
        sizing.Add(North, null);
        var sized = sizing.Result([North], _ => 0);
        Assert.Equal((1, 2, 1, 2m), (sized.Accounts, sized.WithoutClass, sized.Unplaced, sized.Workload));
        Assert.Equal((null, "no-denominator", null), (sized.Utilisation.Value, sized.Utilisation.Reason, sized.Health));
    }

    [Fact]
    public void All_others_are_a_class_of_their_own()
    {
        var sizing = new SalesForceSizing([new("a", 1, 2), new(null, 1, 1)], 10);
        sizing.Add(North, "z");
        sizing.Add(North, null);
        Assert.Equal(2m, sizing.Result([North], _ => 1).Workload);
    }

    [Theory]
    [InlineData(0, 1, "a", "hours-range")]
    [InlineData(1, -1, "a", "workload-range")]
    [InlineData(1, 1, "B", "class-twice")]
    public void Bad_classes_are_refused(int hours, int frequency, string segment, string code) =>
        Assert.Equal(code, SalesForceSizing.Check([new("b", 1, 1), new(segment, frequency, 1)], hours)?.Code);

    private static SizedSalesForce Sized((int Count, string Segment, TerritoryId Leaf)[] accounts, decimal hours, decimal heads)
    {
        var sizing = new SalesForceSizing([new("a", 36, 1), new("b", 12, 0.5m)], hours);
        foreach (var (count, segment, leaf) in accounts)
        {
            for (var index = 0; index < count; index++)
            {
                sizing.Add(leaf, segment);
            }
        }

        return sizing.Result([North, South], _ => heads);
    }
}
