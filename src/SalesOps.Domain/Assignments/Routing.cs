namespace SalesOps.Domain.Assignments;

/// <summary>
/// Who gets each of many buyers, fairly over time. Of the reps that no hard rule excludes, those whose turn it is are the
/// ones who were given least for their quota, lately and in this batch: the least <c>(assigned + 1) ÷ quota</c>, or
/// <c>assigned</c> where one of them has no quota or they have several currencies. Among them the score decides. Each
/// decision counts the ones before it, and buyers are taken in the order of their ids, so that the order in which they are
/// given does not matter.
/// </summary>
public static class Routing
{
    /// <summary>How far back routing is fair: what was assigned longer ago is forgotten.</summary>
    public const int FairnessDays = 30;

    public static ValueList<Routed> Of(DecisionBasis basis) => [.. Steps(basis).Select(step => step.Routed)];

    /// <summary>The recommendation on which a buyer was routed: as it stood when the ones before it were decided.</summary>
    public static Recommendation? RecommendationFor(DecisionBasis basis, BuyerKind kind, string buyerId)
    {
        var buyer = basis.Buyers.FirstOrDefault(buyer => buyer.Is(kind, buyerId));
        return buyer is null
            ? null
            : Recommendation.Of(buyer, Steps(basis).First(step => step.Routed.IsOf(buyer)).Before(), basis.Weights);
    }

    private static IEnumerable<(Routed Routed, Func<IReadOnlyList<Candidate>> Before)> Steps(DecisionBasis basis)
    {
        var desks = basis.Candidates.OrderBy(candidate => candidate.RepId.Value, StringComparer.Ordinal)
            .Select(candidate => new Desk(candidate, basis.ValidAt)).ToArray();
        var given = 0;
        var buyers = basis.Buyers
            .OrderBy(buyer => buyer.Id, StringComparer.Ordinal).ThenBy(buyer => buyer.Kind ?? BuyerKind.Account);
        foreach (var buyer in buyers)
        {
            var eligible = desks.Where(desk => HardRules.Excluding(buyer, desk.Candidate, desk.Open) is null).ToArray();
            var chosen = InTurn(eligible)
                .OrderByDescending(desk => desk.ScoreFor(buyer, basis.Weights)).ThenBy(desk => desk.LastAssignedAt)
                .FirstOrDefault();
            var routed = new Routed(buyer.Id, chosen?.Candidate.RepId, chosen?.ScoreFor(buyer, basis.Weights), buyer.Kind);
            yield return (routed, () => [.. desks.Select(desk => desk.AsItStands)]);
            chosen?.Give(++given);
        }
    }

    private static List<Desk> InTurn(Desk[] eligible)
    {
        var isByQuota = eligible.Select(desk => desk.Quota?.Currency).Distinct().Count() == 1
            && eligible.All(desk => desk.Quota is { Amount: > 0 });
        var least = decimal.MaxValue;
        var inTurn = new List<Desk>();
        foreach (var desk in eligible)
        {
            var share = isByQuota ? (desk.Served + 1) / desk.Quota!.Value.Amount : desk.Served;
            if (share < least)
            {
                least = share;
                inTurn.Clear();
            }

            if (share == least)
            {
                inTurn.Add(desk);
            }
        }

        return inTurn;
    }

    /// <summary>A rep with what the batch has come to give so far.</summary>
    private sealed class Desk(Candidate candidate, DateTimeOffset decidedAt)
    {
        private int _given;

        public Candidate Candidate => candidate;

        public Money? Quota => candidate.Load?.Quota;

        public int Open => (candidate.Load?.OpenAccounts ?? 0) + _given;

        public int Served => (candidate.Load?.RecentlyAssigned ?? 0) + _given;

        /// <summary>What the batch gives is later than all before, and each later than the one before it.</summary>
        public DateTimeOffset LastAssignedAt { get; private set; } = candidate.Load?.LastAssignedAt ?? DateTimeOffset.MinValue;

        public Candidate AsItStands => _given == 0 ? candidate : candidate with
        {
            Load = (candidate.Load ?? new(0, 0)) with
            {
                OpenAccounts = Open,
                RecentlyAssigned = Served,
                LastAssignedAt = LastAssignedAt,
            },
        };

        public decimal ScoreFor(Buyer buyer, FactorWeights weights) =>
            Factors.Of(buyer, candidate, Open).ScoreBy(weights);

        public void Give(int place)
        {
            _given++;
            LastAssignedAt = decidedAt.AddMicroseconds(place);
        }
    }
}

/// <summary>What became of one buyer.</summary>
/// <param name="Id">The account's or the lead's.</param>
/// <param name="RepId">Who gets it; absent where hard rules exclude everybody.</param>
/// <param name="Score">Of the rep for it, at that moment.</param>
/// <param name="Kind">Whether it is a lead; absent for an account.</param>
public sealed record Routed(string Id, RepId? RepId = null, decimal? Score = null, BuyerKind? Kind = null)
{
    internal bool IsOf(Buyer buyer) => buyer.Is(Kind ?? BuyerKind.Account, Id);
}
