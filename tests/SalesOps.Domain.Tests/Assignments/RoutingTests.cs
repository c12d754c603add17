using System.Globalization;
using FsCheck.Fluent;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Tests.Properties;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Assignments;

public sealed class RoutingTests
{
    private static readonly string[] Somewhere = ["north", "south"];

    [Fact]
    public void Thirty_equal_accounts_over_three_equal_reps_are_ten_each_however_different_their_records()
    {
        var basis = Basis(Buyers(30),
        [
            Rep("ada", quota: 100) with { Record = new(50) }, Rep("ben", quota: 100), Rep("cleo", quota: 100),
        ]);
        Assert.Equal([10, 10, 10], CountsOf(basis).Values);
        Assert.Equal([10, 10, 10], CountsOf(basis with { Buyers = [.. basis.Buyers.Reverse()] }).Values);
    }

    [Fact]
    public void Who_has_twice_the_quota_gets_twice_as_many() => Assert.Equal(
        new Dictionary<string, int> { ["ada"] = 20, ["ben"] = 10 },
        CountsOf(Basis(Buyers(30), [Rep("ada", quota: 200), Rep("ben", quota: 100)])));

    [Fact]
    public void What_was_assigned_lately_counts() => Assert.Equal(
        new Dictionary<string, int> { ["ada"] = 4, ["ben"] = 6 },
        CountsOf(Basis(Buyers(10), [Rep("ada", recently: 2), Rep("ben")])));

    [Fact]
    public void One_by_one_it_stays_as_even_as_in_a_batch()
    {
        var reps = new[] { Rep("ada"), Rep("ben"), Rep("cleo") };
        for (var day = 1; day <= 30; day++)
        {
            var chosen = Routing.Of(Basis(Buyers(1), reps))[0].RepId;
            var index = Array.FindIndex(reps, rep => rep.RepId == chosen);
            var load = reps[index].Load!;
            reps[index] = reps[index] with
            {
                Load = load with
                {
                    OpenAccounts = load.OpenAccounts + 1,
                    RecentlyAssigned = load.RecentlyAssigned + 1,
                    LastAssignedAt = Day(day),
                },
            };
        }

        Assert.All(reps, rep => Assert.Equal(10, rep.Load!.RecentlyAssigned));
    }

    [Fact]
    public void A_capacity_ends_it_and_what_nobody_can_serve_goes_to_nobody()
    {
        var routes = Routing.Of(Basis(Buyers(5), [Rep("ada", capacity: 2), Rep("ben", capacity: 1)]));
        Assert.Equal(3, routes.Count(route => route.RepId is not null));
        Assert.Equal(2, routes.Count(route => route is { RepId: null, Score: null }));
    }

    [Fact]
    public void Among_those_whose_turn_it_is_the_score_decides()
    {
        var veteran = Rep("ben") with { Record = new(50) };
        Assert.Equal(new RepId("ben"), Routing.Of(Basis(Buyers(1), [Rep("ada"), veteran]))[0].RepId);
    }

    [Fact]
    public void The_order_in_which_anything_is_given_does_not_matter() => Prop.ForAll<int, byte, byte>((seed, buyers, reps) =>
    {
        var basis = Some(seed, (buyers % 20) + 1, (reps % 8) + 1);
        var turned = basis with
        {
            Buyers = [.. basis.Buyers.OrderBy(buyer => HashOf(buyer.Id, seed))],
            Candidates = [.. basis.Candidates.OrderBy(rep => HashOf(rep.RepId.Value, seed))],
        };
        Assert.Equal(Routing.Of(basis), Routing.Of(turned));
        Assert.Equal(
            Recommendation.Of(basis.Buyers[0], basis.Candidates, basis.Weights),
            Recommendation.Of(basis.Buyers[0], turned.Candidates, basis.Weights));
    }).Check();

    [Fact]
    public void What_no_rule_has_looked_at_may_go_and_everything_comes_out_the_same() =>
        Prop.ForAll<int, byte, byte>((seed, buyers, reps) =>
        {
            var basis = Some(seed, (buyers % 5) + 1, (reps % 8) + 1);
            Assert.Equal(Routing.Of(basis), Routing.Of(basis.Reduced()));
            Assert.Equal(basis.Reduced(), basis.Reduced().Reduced());
            Assert.All(basis.Buyers, buyer => Assert.Equal(
                Recommendation.Of(buyer, basis.Candidates, basis.Weights),
                Recommendation.Of(buyer, basis.Reduced().Candidates, basis.Weights)));
        }).Check();

    [Fact]
    public void Equal_reps_differ_by_one_at_most() => Prop.ForAll<byte, byte>((buyers, reps) =>
    {
        var counts = CountsOf(Basis(Buyers(buyers % 50), [.. Enumerable.Range(0, (reps % 7) + 1).Select(i => Rep($"r{i}", quota: 10))]));
        Assert.True(counts.Values.Max() - counts.Values.Min() <= 1);
    }).Check();

    private static SortedDictionary<string, int> CountsOf(DecisionBasis basis)
    {
        var routes = Routing.Of(basis);
        return new(basis.Candidates.ToDictionary(
            rep => rep.RepId.Value, rep => routes.Count(route => route.RepId == rep.RepId)), StringComparer.Ordinal);
    }

    private static DecisionBasis Basis(IEnumerable<Buyer> buyers, IEnumerable<Candidate> candidates) =>
        new(Day(5), FactorWeights.Default, [.. buyers], [.. candidates], Day(6));

    private static IEnumerable<Buyer> Buyers(int count) =>
        Enumerable.Range(0, count).Select(i => new Buyer("a" + i.ToString("D2", CultureInfo.InvariantCulture)));

    private static Candidate Rep(string id, decimal? quota = null, int? capacity = null, int recently = 0) => new(
        new(id), new(Attendance.Present), new(recently, recently, capacity, quota is { } amount ? Usd(amount) : null));

    /// <summary>Any basis: some reps can't serve some accounts, and no two are alike.</summary>
    private static DecisionBasis Some(int seed, int buyers, int reps)
    {
        var random = new Random(seed);
        return Basis(
            Enumerable.Range(0, buyers).Select(i => new Buyer(
                $"a{i}", random.Next(2) == 0 ? [Somewhere[random.Next(2)]] : null, Segment: $"s{random.Next(2)}",
                Industry: $"i{random.Next(2)}")),
            Enumerable.Range(0, reps).Select(i => new Candidate(
                new($"r{i}"),
                new((Attendance)random.Next(3), [Somewhere[random.Next(2)]], Conflicts: [$"a{random.Next(4)}"]),
                new(random.Next(4), random.Next(3), random.Next(5), random.Next(3) == 0 ? null : Usd(random.Next(100)), Usd(50)),
                new(random.Next(9), [new("s0", random.Next(9))], [new("I1", random.Next(9))]))));
    }

    private static int HashOf(string id, int seed) => (id.Sum(c => c) * 31 * (seed | 1)) % 17;
}
