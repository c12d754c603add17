namespace SalesOps.Domain.Leads;

/// <summary>Makes a lead known.</summary>
public sealed record CaptureLead(LeadProfile Profile, RepId? OwnerId)
{
    /// <summary>Asking again for the same lead decides nothing; for another one under the same id is a conflict.</summary>
    public static Decision<LeadEvent> Decide(Lead state, CaptureLead command)
    {
        var capture = new LeadEvent.Captured(command.Profile.KnownAs(state.Profile), command.OwnerId);
        return Check(command.Profile) switch
        {
            { } refusal => refusal,
            _ when state.Capture == capture => Decision<LeadEvent>.Nothing,
            _ => Decision<LeadEvent>.Accept(capture),
        };
    }

    private static Rejection? Check(LeadProfile profile) =>
        InputRules.Text(profile.Name, "/name")
        ?? InputRules.Text(profile.Company, "/company")
        ?? InputRules.Text(profile.Source, "/source")
        ?? InputRules.Text(profile.Campaign, "/campaign")
        ?? InputRules.Text(profile.Email, "/email")
        ?? InputRules.Text(profile.Segment, "/segment")
        ?? InputRules.Text(profile.Industry, "/industry")
        ?? InputRules.Text(profile.Country, "/country")
        ?? (profile.Employees < 0 ? Rejection.Invalid("employees-negative", "A head count is not negative.", "/employees") : null)
        ?? InputRules.Words(profile.Languages, "/languages");
}
