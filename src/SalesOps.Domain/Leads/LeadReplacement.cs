namespace SalesOps.Domain.Leads;

/// <summary>What may stand in the place of a lead's fact that is taken back.</summary>
public static class LeadReplacement
{
    /// <summary>
    /// Decides the fact anew by the state at its time, without the one it replaces. A conversion made a deal and an account
    /// with it, so that it can be dated otherwise but not be of others.
    /// </summary>
    public static Decision<LeadEvent> Decide(Lead state, LeadEvent replacement) => replacement switch
    {
        LeadEvent.Captured e => CaptureLead.Decide(state, new(e.Profile, e.OwnerId)).In("/profile"),
        LeadEvent.Qualified e => QualifyLead.Decide(state, new(e.Score, e.Reason)),
        LeadEvent.Disqualified e => DisqualifyLead.Decide(state, new(e.Reason)),
        LeadEvent.Routed e => RouteLead.Decide(state, new(e.RepId, e.Reason, e.DecisionId)),
        _ => Decision<LeadEvent>.Accept(replacement),
    };
}
