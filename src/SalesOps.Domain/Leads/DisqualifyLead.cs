namespace SalesOps.Domain.Leads;

/// <summary>Gives a lead up.</summary>
public sealed record DisqualifyLead(string Reason)
{
    public static Decision<LeadEvent> Decide(Lead state, DisqualifyLead command) => state.Status switch
    {
        _ when InputRules.Text(command.Reason, "/reason") is { } badReason => badReason,
        LeadStatus.Disqualified when state.Reason == command.Reason => Decision<LeadEvent>.Nothing,
        _ => Decision<LeadEvent>.Accept(new LeadEvent.Disqualified(command.Reason)),
    };
}
