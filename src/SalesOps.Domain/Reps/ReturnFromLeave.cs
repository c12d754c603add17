namespace SalesOps.Domain.Reps;

/// <summary>Ends a leave that was open, or earlier than it was planned to end.</summary>
/// <param name="On">The first day back.</param>
public sealed record ReturnFromLeave(DateOnly On)
{
    /// <param name="latest">The rep by all that is known, what is planned included.</param>
    public static Decision<RepEvent> Decide(Rep latest, ReturnFromLeave command)
    {
        if (latest.DepartedOn is { } departed && departed <= command.On)
        {
            return RepRules.Departed(departed);
        }

        return latest.Leaves.LastOrDefault(leave => leave.From < command.On) switch
        {
            { IsOver: true, To: var to } when to == command.On => Decision<RepEvent>.Nothing,
            { IsOver: true, To: var to } when to < command.On => RepRules.NotOnLeave(),
            null => RepRules.NotOnLeave(),
            _ => Decision<RepEvent>.Accept(new RepEvent.LeaveEnded(command.On)),
        };
    }

    /// <summary>The planned end of the leave, which an earlier return takes the place of; null where it is open.</summary>
    public static Fact<RepEvent>? PlannedEnd(Timeline<Rep, RepEvent> timeline, ReturnFromLeave command) =>
        timeline.Facts.FirstOrDefault(fact => fact is { Voided: null, Event: RepEvent.LeaveEnded e } && e.On > command.On);
}
