namespace SalesOps.Domain.Assignments;

/// <summary>
/// A decision about assignments with everything that it rested on. Each has a stream of its own, written in one append
/// with the assignments that came of it.
/// </summary>
public abstract record DecisionEvent
{
    private DecisionEvent()
    {
    }

    /// <summary>One account was given to a rep, whether recommended or not.</summary>
    /// <param name="RepId">Who got it.</param>
    public sealed record Chosen(AssignmentRole Role, RepId RepId, DecisionBasis Basis, Recommendation Recommendation)
        : DecisionEvent;

    /// <summary>Many accounts were routed at once.</summary>
    public sealed record Distributed(AssignmentRole Role, DecisionBasis Basis, ValueList<Routed> Routes) : DecisionEvent;
}

/// <summary>The record of a decision; it happens once and never changes.</summary>
public sealed record AssignmentDecision(DecisionEvent? Taken)
{
    public static Decider<AssignmentDecision, DecisionEvent> Decider { get; } = new(
        new AssignmentDecision((DecisionEvent?)null),
        (_, fact) => new(fact.Event),
        (state, _) => state.Taken is null ? null : Rejection.Conflict("decision-taken", "The decision was taken before."));

    /// <summary>
    /// The recommendation that the decision on an account rests on, worked out anew from what was stored; null where the
    /// decision is not about the account.
    /// </summary>
    public Recommendation? Again(AccountId accountId) => Taken switch
    {
        DecisionEvent.Chosen { Basis.Buyers: [var buyer] } taken when buyer.Id == accountId.Value =>
            Recommendation.Of(buyer, taken.Basis.Candidates, taken.Basis.Weights),
        DecisionEvent.Distributed taken => Routing.RecommendationFor(taken.Basis, accountId.Value),
        _ => null,
    };

    /// <summary>Whether working it out anew comes to what was stored.</summary>
    public bool IsReproduced => Taken switch
    {
        DecisionEvent.Chosen { Basis.Buyers: [var buyer] } taken =>
            Recommendation.Of(buyer, taken.Basis.Candidates, taken.Basis.Weights) == taken.Recommendation,
        DecisionEvent.Distributed taken => Routing.Of(taken.Basis) == taken.Routes,
        _ => false,
    };
}
