using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Assignments;

/// <summary>An account that a rep has.</summary>
/// <param name="Id">The account's.</param>
/// <param name="Potential">What it counts; not negative.</param>
public sealed record Holding(string Id, RepId RepId, decimal Potential);

/// <summary>An account that goes from one rep to another.</summary>
/// <param name="Id">The account's.</param>
/// <param name="FromScore">Of the rep who had it, for it.</param>
/// <param name="ToScore">Of the rep who gets it.</param>
public sealed record AccountMove(string Id, RepId From, RepId To, decimal Potential, decimal FromScore, decimal ToScore);

/// <summary>What a rep has of the whole.</summary>
/// <param name="Capacity">What the rep's share is reckoned by.</param>
/// <param name="Index">Share of potential ÷ share of capacity; absent for whoever has no capacity.</param>
public sealed record RepLoad(RepId RepId, int Accounts, decimal Potential, decimal Capacity, Ratio Index);

/// <summary>How evenly accounts lie over reps.</summary>
/// <param name="Loads">By rep.</param>
public sealed record RepBalance(ValueList<RepLoad> Loads, Ratio MaxToMin, Ratio Gini);

/// <summary>
/// Which accounts should go to whom so that every rep comes nearer to the share that the capacity is of all. Step by step
/// the rep with most above the share gives an account to one with most below it, if that brings both nearer in sum; of the
/// accounts that may go the one that evens out most goes, of equal ones the one whose new rep fits best compared with the
/// old, then the lesser id. Hard rules hold. Who has left the company has no share and gives all; who is away keeps
/// what is there, gets nothing more and takes no part. Reps are counted by capacity if all have one, else alike.
/// </summary>
/// <param name="Moves">In the order of the steps.</param>
public sealed record Rebalancing(ValueList<AccountMove> Moves, RepBalance Before, RepBalance After)
{
    /// <summary>What the moves cost: how much worse the new reps fit than the old, in sum; below 0 where they fit better.</summary>
    public decimal FitLost => Moves.Sum(move => move.FromScore - move.ToScore);

    /// <param name="basis">The accounts as buyers, and the reps among whom they go about.</param>
    /// <param name="holdings">Who has what; of reps in the basis.</param>
    /// <param name="movesMax">How many accounts may go.</param>
    public static Rebalancing Of(DecisionBasis basis, IEnumerable<Holding> holdings, int movesMax)
    {
        var desks = DesksOf(basis, holdings);
        var buyers = basis.Buyers.ToDictionary(buyer => buyer.Id, StringComparer.Ordinal);
        var before = BalanceOf(desks);
        var moves = new List<AccountMove>();
        while (moves.Count < movesMax && Next(buyers, basis.Weights, desks) is { } move)
        {
            var (from, to) = (desks.First(desk => desk.RepId == move.From), desks.First(desk => desk.RepId == move.To));
            var holding = from.Holdings.First(holding => holding.Id == move.Id);
            from.Holdings.Remove(holding);
            to.Holdings.Add(holding with { RepId = to.RepId });
            moves.Add(move);
        }

        return new([.. moves], before, BalanceOf(desks));
    }

    private static Desk[] DesksOf(DecisionBasis basis, IEnumerable<Holding> holdings)
    {
        var held = holdings.OrderBy(holding => holding.Id, StringComparer.Ordinal).ToLookup(holding => holding.RepId);
        var candidates = basis.Candidates
            .Where(candidate => candidate.Reach.Attendance != Attendance.Departed || held.Contains(candidate.RepId))
            .OrderBy(candidate => candidate.RepId.Value, StringComparer.Ordinal).ToArray();
        var isByCapacity = candidates.Where(candidate => candidate.Reach.Attendance != Attendance.Departed)
            .All(candidate => candidate.Load?.Capacity is not null);
        var desks = candidates.Select(candidate => new Desk(
            candidate,
            candidate.Reach.Attendance == Attendance.Departed ? 0 : isByCapacity ? candidate.Load!.Capacity!.Value : 1,
            [.. held[candidate.RepId]])).ToArray();
        var sharing = desks.Where(desk => desk.Candidate.Reach.Attendance != Attendance.OnLeave).ToArray();
        var (potential, capacity) = (sharing.Sum(desk => desk.Potential), sharing.Sum(desk => desk.Capacity));
        foreach (var desk in desks)
        {
            desk.Share = desk.Candidate.Reach.Attendance == Attendance.OnLeave ? desk.Potential
                : capacity == 0 ? 0
                : potential * desk.Capacity / capacity;
        }

        return desks;
    }

    /// <summary>The next step; null where none evens anything out.</summary>
    private static AccountMove? Next(Dictionary<string, Buyer> buyers, FactorWeights weights, Desk[] desks)
    {
        var takers = desks.Where(desk => desk.Surplus < 0).OrderBy(desk => desk.Surplus).ToArray();
        foreach (var giver in desks.Where(desk => desk is { Surplus: > 0, IsDone: false })
            .OrderByDescending(desk => desk.Surplus).ToArray())
        {
            foreach (var taker in takers)
            {
                if (Best(buyers, weights, giver, taker) is { } move)
                {
                    return move;
                }
            }

            // Others only come to have more from here on, so that what it can't give now it can't give later.
            giver.IsDone = true;
        }

        return null;
    }

    private static AccountMove? Best(
        Dictionary<string, Buyer> buyers, FactorWeights weights, Desk giver, Desk taker)
    {
        var (best, bestGain) = ((AccountMove?)null, 0m);
        foreach (var holding in giver.Holdings)
        {
            var gain = giver.Surplus - Math.Abs(giver.Surplus - holding.Potential)
                - taker.Surplus - Math.Abs(taker.Surplus + holding.Potential);
            if (gain <= 0 || gain < bestGain
                || !buyers.TryGetValue(holding.Id, out var buyer)
                || HardRules.Excluding(buyer, taker.Candidate, taker.Open) is not null)
            {
                continue;
            }

            var move = new AccountMove(
                holding.Id, giver.RepId, taker.RepId, holding.Potential, giver.ScoreFor(buyer, weights),
                taker.ScoreFor(buyer, weights));
            if (gain > bestGain || move.ToScore - move.FromScore > best!.ToScore - best.FromScore)
            {
                (best, bestGain) = (move, gain);
            }
        }

        return best;
    }

    private static RepBalance BalanceOf(Desk[] desks)
    {
        var balance = Balance.Of([.. desks.Select(desk => (desk.Potential, desk.Capacity))]);
        return new(
            [
                .. desks.Zip(balance.Indices, (desk, index) =>
                    new RepLoad(desk.RepId, desk.Holdings.Count, desk.Potential, desk.Capacity, index)),
            ],
            balance.MaxToMin, balance.Gini);
    }

    /// <summary>A rep with what the steps have come to.</summary>
    private sealed class Desk(Candidate candidate, decimal capacity, List<Holding> holdings)
    {
        private readonly int _held = holdings.Count;

        public Candidate Candidate => candidate;

        public RepId RepId => candidate.RepId;

        public decimal Capacity => capacity;

        public List<Holding> Holdings => holdings;

        public decimal Share { get; set; }

        public bool IsDone { get; set; }

        public decimal Potential => holdings.Sum(holding => holding.Potential);

        public decimal Surplus => Potential - Share;

        /// <summary>What the rep serves, with accounts in other roles and leads.</summary>
        public int Open => Math.Max(0, (candidate.Load?.OpenAccounts ?? 0) + holdings.Count - _held);

        public decimal ScoreFor(Buyer buyer, FactorWeights weights) => Factors.Of(buyer, candidate, Open).ScoreBy(weights);
    }
}
