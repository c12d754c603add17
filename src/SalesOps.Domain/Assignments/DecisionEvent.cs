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

    /// <summary>Accounts and leads were routed, many at once or one.</summary>
    public sealed record Distributed(AssignmentRole Role, DecisionBasis Basis, ValueList<Routed> Routes) : DecisionEvent;

    /// <summary>Accounts went from some reps to others, so that all have their share.</summary>
    /// <param name="Holdings">Who had what, and what it counts.</param>
    /// <param name="MovesMax">How many accounts might go.</param>
    public sealed record Rebalanced(
        AssignmentRole Role, DecisionBasis Basis, ValueList<Holding> Holdings, int MovesMax, ValueList<AccountMove> Moves)
        : DecisionEvent;
}

/// <summary>The record of a decision; it happens once and never changes.</summary>
public sealed record AssignmentDecision(DecisionEvent? Taken)
{
    public static Decider<AssignmentDecision, DecisionEvent> Decider { get; } = new(
        new AssignmentDecision((DecisionEvent?)null),
        (_, fact) => new(fact.Event),
        (state, _) => state.Taken is null ? null : Rejection.Conflict("decision-taken", "The decision was taken before."));

    /// <summary>
    /// The recommendation that the decision on an account or a lead rests on, worked out anew from what was stored; null
    /// where the decision is not about it.
    /// </summary>
    public Recommendation? Again(BuyerKind kind, string id) => Taken switch
    {
        DecisionEvent.Chosen taken => Again(taken.Basis, kind, id),
        DecisionEvent.Distributed taken => Routing.RecommendationFor(taken.Basis, kind, id),
        DecisionEvent.Rebalanced taken => Again(taken.Basis, kind, id),
        _ => null,
    };

    /// <summary>Whether working it out anew comes to what was stored.</summary>
    public bool IsReproduced => Taken switch
    {
        DecisionEvent.Chosen { Basis.Buyers: [var buyer] } taken =>
            Recommendation.Of(buyer, taken.Basis.Candidates, taken.Basis.Weights) == taken.Recommendation,
        DecisionEvent.Distributed taken => Routing.Of(taken.Basis) == taken.Routes,
        DecisionEvent.Rebalanced taken => Rebalancing.Of(taken.Basis, taken.Holdings, taken.MovesMax).Moves == taken.Moves,
        _ => false,
    };

    private static Recommendation? Again(DecisionBasis basis, BuyerKind kind, string id) =>
        basis.Buyers.FirstOrDefault(buyer => buyer.Is(kind, id)) is { } buyer
            ? Recommendation.Of(buyer, basis.Candidates, basis.Weights)
            : null;
}
