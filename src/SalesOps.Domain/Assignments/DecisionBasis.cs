namespace SalesOps.Domain.Assignments;

/// <summary>
/// Everything that a decision about assignments rests on, read in one snapshot. It is stored with the decision, which can
/// so be explained and made again years later, whatever has become of the facts since.
/// </summary>
/// <param name="ValidAt">The facts are those of this instant.</param>
/// <param name="Weights">In force at the same instant.</param>
/// <param name="Buyers">Whom somebody is sought for.</param>
/// <param name="Candidates">Every rep there was.</param>
/// <param name="KnownAt">As they were known at this instant; absent where nothing was recorded yet.</param>
public sealed record DecisionBasis(
    DateTimeOffset ValidAt,
    FactorWeights Weights,
    ValueList<Buyer> Buyers,
    ValueList<Candidate> Candidates,
    DateTimeOffset? KnownAt = null)
{
    /// <summary>
    /// The basis without what no rule has looked at: of a rep whom one rule excludes from every buyer only what it asks
    /// about stays. Every decision on it comes out the same.
    /// </summary>
    public DecisionBasis Reduced() => this with { Candidates = [.. Candidates.Select(Reduced)] };

    private Candidate Reduced(Candidate candidate)
    {
        HardRule? last = null;
        foreach (var buyer in Buyers)
        {
            if (HardRules.Excluding(buyer, candidate, candidate.Load?.OpenAccounts ?? 0) is not { } rule)
            {
                return candidate;
            }

            last = last is null || last == rule ? rule : HardRule.Capacity;
        }

        return last is { } only ? candidate.ReducedTo(only) : candidate;
    }
}
