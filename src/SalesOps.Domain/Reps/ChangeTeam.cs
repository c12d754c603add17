namespace SalesOps.Domain.Reps;

/// <summary>Moves a rep to another team, and office where one is named.</summary>
public sealed record ChangeTeam(string? Team, string? Office)
{
    public static Decision<RepEvent> Decide(Rep state, ChangeTeam command) => state.Profile switch
    {
        _ when InputRules.Text(command.Team, "/team") is { } badTeam => badTeam,
        _ when InputRules.Text(command.Office, "/office") is { } badOffice => badOffice,
        { } profile when (profile.Team, profile.Office) == (command.Team, command.Office ?? profile.Office) =>
            Decision<RepEvent>.Nothing,
        _ => Decision<RepEvent>.Accept(new RepEvent.TeamChanged(command.Team, command.Office)),
    };
}
