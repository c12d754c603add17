namespace SalesOps.Domain.Assignments;

/// <summary>Who should serve a buyer, best first, and who can't (RULES R27).</summary>
/// <param name="Candidates">By rank.</param>
/// <param name="Rejected">Those whom a hard rule excludes, by id.</param>
public sealed record Recommendation(ValueList<Ranked> Candidates, ValueList<Rejected> Rejected)
{
    /// <summary>
    /// Hard rules first, then by score; of equal scores whoever was assigned something the longest ago, or never, goes
    /// first, and then the lesser id. So the order in which candidates are given does not matter.
    /// </summary>
    public static Recommendation Of(Buyer buyer, IEnumerable<Candidate> candidates, FactorWeights weights)
    {
        var scored = new List<(Candidate Candidate, Factors Factors, decimal Score)>();
        var rejected = new List<Rejected>();
        foreach (var candidate in candidates)
        {
            var open = candidate.Load?.OpenAccounts ?? 0;
            if (HardRules.Excluding(buyer, candidate, open) is { } rule)
            {
                rejected.Add(new(candidate.RepId, rule));
            }
            else
            {
                var factors = Factors.Of(buyer, candidate, open);
                scored.Add((candidate, factors, factors.ScoreBy(weights)));
            }
        }

        var ranked = scored
            .OrderByDescending(entry => entry.Score)
            .ThenBy(entry => entry.Candidate.Load?.LastAssignedAt ?? DateTimeOffset.MinValue)
            .ThenBy(entry => entry.Candidate.RepId.Value, StringComparer.Ordinal);
        return new(
            [.. ranked.Select((entry, index) => new Ranked(entry.Candidate.RepId, entry.Score, entry.Factors, index + 1))],
            [.. rejected.OrderBy(rejection => rejection.RepId.Value, StringComparer.Ordinal)]);
    }
}

/// <param name="Score">The weighted sum of the factors, between 0 and 1.</param>
/// <param name="Rank">From 1.</param>
public sealed record Ranked(RepId RepId, decimal Score, Factors Factors, int Rank);

public sealed record Rejected(RepId RepId, HardRule Rule);
