namespace SalesOps.Domain.Reps;

/// <summary>Sends a rep on leave; one whose end is known ends by itself.</summary>
/// <param name="From">The first day away.</param>
/// <param name="To">The first day back; null where nobody knows.</param>
/// <param name="CoverRepId">Who stands in.</param>
public sealed record TakeLeave(RepId Id, DateOnly From, DateOnly? To, string? Reason, RepId? CoverRepId)
{
    /// <summary>Leaves never overlap; one may begin on the day on which another ends.</summary>
    /// <param name="latest">The rep by all that is known, what is planned included.</param>
    public static Decision<RepEvent> Decide(Rep latest, TakeLeave command)
    {
        var started = new RepEvent.LeaveStarted(command.From, command.To, command.Reason, command.CoverRepId);
        if (Check(latest, command.Id, started) is { } fault)
        {
            return fault;
        }

        var (from, to) = (command.From, command.To ?? DateOnly.MaxValue);
        return latest.Leaves.FirstOrDefault(leave => leave.From < to && from < (leave.To ?? DateOnly.MaxValue)) switch
        {
            null when command.To is { } end => Decision<RepEvent>.Accept(started, new RepEvent.LeaveEnded(end)),
            null => Decision<RepEvent>.Accept(started),
            var known when (known.From, known.To, known.Reason, known.CoverRepId)
                == (command.From, command.To, command.Reason, command.CoverRepId) => Decision<RepEvent>.Nothing,
            _ => RepRules.OnLeave() with { Pointer = "/from" },
        };
    }

    internal static Rejection? Check(Rep rep, RepId id, RepEvent.LeaveStarted leave) =>
        InputRules.Date(leave.From, "/from")
        ?? InputRules.Date(leave.To, "/to")
        ?? InputRules.Text(leave.Reason, "/reason")
        ?? RepRules.BeforeHire(rep, leave.From, "/from")
        ?? (leave.To <= leave.From
            ? Rejection.Invalid("leave-reversed", "The first day back comes after the first day away.", "/to")
            : leave.CoverRepId == id
            ? Rejection.Invalid("cover-self", "Nobody stands in for themselves.", "/coverRepId")
            : null);
}
