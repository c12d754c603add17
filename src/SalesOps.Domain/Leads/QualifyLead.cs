namespace SalesOps.Domain.Leads;

/// <summary>Finds a lead worth pursuing, or says so anew with another score.</summary>
/// <param name="Score">0 to 100.</param>
public sealed record QualifyLead(int Score, string Reason)
{
    private const int ScoreMax = 100;

    public static Decision<LeadEvent> Decide(Lead state, QualifyLead command) => state.Status switch
    {
        _ when command.Score is < 0 or > ScoreMax =>
            Rejection.Invalid("score-range", $"A score lies between 0 and {ScoreMax}.", "/score"),
        _ when InputRules.Text(command.Reason, "/reason") is { } badReason => badReason,
        LeadStatus.Qualified when (state.Score, state.Reason) == (command.Score, command.Reason) =>
            Decision<LeadEvent>.Nothing,
        _ => Decision<LeadEvent>.Accept(new LeadEvent.Qualified(command.Score, command.Reason)),
    };
}
