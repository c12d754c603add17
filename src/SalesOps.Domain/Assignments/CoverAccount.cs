namespace SalesOps.Domain.Assignments;

/// <summary>
/// Lets a rep act in a role for whoever has it, from one time to another. The one who has it keeps it and its credit;
/// a share for the cover is a matter of the deal's splits.
/// </summary>
/// <param name="To">When it ends; later than it begins.</param>
public sealed record CoverAccount(AssignmentRole Role, RepId RepId, DateTimeOffset From, DateTimeOffset To, string Reason)
{
    /// <summary>Two facts, each at its own time: the beginning and the end. The same cover again comes to nothing.</summary>
    /// <param name="timeline">All that is known of the account's assignments: covers of one role never overlap.</param>
    public static Decision<AssignmentEvent> Decide(
        Timeline<AccountAssignments, AssignmentEvent> timeline, CoverAccount command)
    {
        var begun = new AssignmentEvent.CoverBegun(command.Role, command.RepId, command.Reason);
        var ended = new AssignmentEvent.CoverEnded(command.Role, command.RepId);
        return command switch
        {
            _ when command.To <= command.From =>
                Rejection.Invalid("cover-reversed", "A cover ends after it begins.", "/to"),
            _ when Stands(timeline, command.From, begun) && Stands(timeline, command.To, ended) =>
                Decision<AssignmentEvent>.Nothing,
            _ when timeline.At(command.From).Find(command.Role)?.RepId == command.RepId =>
                Rejection.Invalid("cover-self", "Nobody covers for themselves.", "/repId"),
            _ when Overlapping(timeline, command) is { } other => Rejection.Conflict(
                "cover-overlaps", $"Rep '{other}' covers the role '{command.Role}' within that time.") with
            { Pointer = "/from" },
            _ => Decision<AssignmentEvent>.Accept(begun, ended),
        };
    }

    private static bool Stands(
        Timeline<AccountAssignments, AssignmentEvent> timeline, DateTimeOffset at, AssignmentEvent @event) =>
        timeline.Facts.Any(fact => fact.Voided is null && fact.EffectiveAt == at && fact.Event == @event);

    /// <summary>
    /// Who covers the role when the cover begins, or begins to before it ends. Two covers may touch, but not two of one rep:
    /// the end of the earlier would end the later.
    /// </summary>
    private static RepId? Overlapping(Timeline<AccountAssignments, AssignmentEvent> timeline, CoverAccount command)
    {
        var running = timeline.At(command.From).Find(command.Role)?.CoveredBy;
        return running ?? timeline.Facts
            .Where(fact => fact.Voided is null && fact.EffectiveAt > command.From && fact.EffectiveAt <= command.To)
            .Where(fact => fact.Event is AssignmentEvent.CoverBegun begun && begun.Role == command.Role
                && (fact.EffectiveAt < command.To || begun.RepId == command.RepId))
            .Select(fact => ((AssignmentEvent.CoverBegun)fact.Event).RepId as RepId?)
            .FirstOrDefault();
    }
}
