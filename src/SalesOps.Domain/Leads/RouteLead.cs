namespace SalesOps.Domain.Leads;

/// <summary>Gives a lead to a rep.</summary>
public sealed record RouteLead(RepId RepId, string? Reason, DecisionId? DecisionId = null)
{
    public static Decision<LeadEvent> Decide(Lead state, RouteLead command) => InputRules.Text(command.Reason, "/reason") switch
    {
        { } badReason => badReason,
        _ when state.OwnerId == command.RepId => Decision<LeadEvent>.Nothing,
        _ => Decision<LeadEvent>.Accept(new LeadEvent.Routed(command.RepId, command.Reason, command.DecisionId)),
    };
}
