using FsCheck.Fluent;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Tests.Properties;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Assignments;

public sealed class RebalancingTests
{
    [Fact]
    public void Accounts_go_from_who_has_most_to_who_has_least_until_all_have_their_share()
    {
        var result = Rebalancing.Of(
            Basis(9, [Rep("ada", 10), Rep("ben", 10), Rep("cleo", 10)]), Held(9, _ => "ada"), movesMax: 50);
        Assert.Equal(6, result.Moves.Count);
        Assert.Equal([3, 3, 3], result.After.Loads.Select(load => load.Accounts));
        Assert.Equal((0, 1), (result.After.Gini.Value, result.After.MaxToMin.Value));
        Assert.Equal("no-denominator", result.Before.MaxToMin.Reason);
    }

    [Fact]
    public void A_share_goes_by_capacity_where_all_have_one_else_all_count_alike()
    {
        var byCapacity = Rebalancing.Of(Basis(6, [Rep("ada", 10), Rep("ben", 20)]), Held(6, _ => "ada"), 50);
        Assert.Equal([2, 4], byCapacity.After.Loads.Select(load => load.Accounts));
        var alike = Rebalancing.Of(Basis(6, [Rep("ada", 10), Rep("ben", null)]), Held(6, _ => "ada"), 50);
        Assert.Equal([3, 3], alike.After.Loads.Select(load => load.Accounts));
    }

    [Fact]
    public void Who_has_left_gives_all_and_who_is_away_gets_nothing()
    {
        var result = Rebalancing.Of(
            Basis(4,
            [
                Rep("ada", 10) with { Reach = new(Attendance.Departed) }, Rep("ben", 10),
                Rep("cleo", 10) with { Reach = new(Attendance.OnLeave) },
            ]),
            Held(4, _ => "ada"), 50);
        Assert.Equal([0, 4, 0], result.After.Loads.Select(load => load.Accounts));
    }

    [Fact]
    public void Hard_rules_hold() => Assert.Empty(Rebalancing.Of(
        Basis(4, [Rep("ada", 10), Rep("ben", 10) with { Reach = new(Attendance.Present, Conflicts: ["a0", "a1", "a2", "a3"]) }]),
        Held(4, _ => "ada"), 50).Moves);

    [Fact]
    public void No_more_go_than_may() =>
        Assert.Equal(2, Rebalancing.Of(Basis(9, [Rep("ada", 9), Rep("ben", 9)]), Held(9, _ => "ada"), 2).Moves.Count);

    [Fact]
    public void Equal_accounts_over_present_reps_end_within_one_of_the_share() => Prop.ForAll<int, byte, byte>((seed, accounts, reps) =>
    {
        var random = new Random(seed);
        var names = Enumerable.Range(0, (reps % 6) + 1).Select(i => $"r{i}").ToArray();
        var result = Rebalancing.Of(
            Basis(accounts % 40, names.Select(name => Rep(name, null))),
            Held(accounts % 40, _ => names[random.Next(names.Length)]), 1_000);
        var loads = result.After.Loads.Select(load => load.Accounts).ToArray();
        Assert.True(loads.Max() - loads.Min() <= 1);
    }).Check();

    [Fact]
    public void Whatever_there_is_nothing_is_lost_and_the_order_in_which_it_is_given_does_not_matter() =>
        Prop.ForAll<int, byte, byte>((seed, accounts, reps) =>
        {
            var (basis, holdings) = Some(seed, accounts % 30, (reps % 6) + 1);
            var result = Rebalancing.Of(basis, holdings, 20);
            Assert.Equal(
                (holdings.Length, holdings.Sum(holding => holding.Potential)),
                (result.After.Loads.Sum(load => load.Accounts), result.After.Loads.Sum(load => load.Potential)));
            Assert.All(result.Moves, move => Assert.NotEqual(move.From, move.To));
            Assert.True(result.Moves.Count <= 20);

            var turned = Rebalancing.Of(
                basis with { Buyers = [.. basis.Buyers.Reverse()], Candidates = [.. basis.Candidates.Reverse()] },
                holdings.Reverse(), 20);
            Assert.Equal(result, turned);
        }).Check();

    private static (DecisionBasis Basis, Holding[] Holdings) Some(int seed, int accounts, int reps)
    {
        var random = new Random(seed);
        Candidate[] candidates =
        [
            .. Enumerable.Range(0, reps).Select(i => Rep($"r{i}", random.Next(4) == 0 ? null : random.Next(1, 9)) with
            {
                Reach = new((Attendance)random.Next(3), Conflicts: [$"a{random.Next(9)}"]),
            }),
        ];
        return (
            Basis(accounts, candidates),
            [
                .. Enumerable.Range(0, accounts).Select(i =>
                    new Holding($"a{i}", new($"r{random.Next(reps)}"), random.Next(0, 5))),
            ]);
    }

    private static DecisionBasis Basis(int accounts, IEnumerable<Candidate> candidates) => new(
        Day(5), FactorWeights.Default, [.. Enumerable.Range(0, accounts).Select(i => new Buyer($"a{i}"))], [.. candidates], Day(6));

    private static IEnumerable<Holding> Held(int accounts, Func<int, string> by) =>
        Enumerable.Range(0, accounts).Select(i => new Holding($"a{i}", new(by(i)), 1));

    private static Candidate Rep(string id, int? capacity) =>
        new(new(id), new(Attendance.Present), new(0, 0, capacity));
}
