namespace SalesOps.Domain.Reps;

/// <summary>The managers above some reps, by date.</summary>
/// <param name="timelines">Of the reps and of everybody who ever stood above them.</param>
public sealed class ManagerLines(IReadOnlyDictionary<RepId, Timeline<Rep, RepEvent>> timelines)
{
    /// <summary>At what level a manager stood above a rep on a date, 1 for the direct one; null where not.</summary>
    public int? LevelOf(RepId manager, RepId rep, DateOnly on)
    {
        var at = BusinessCalendar.Utc.EndOf(on);
        var below = rep;
        for (var level = 1; level <= ReportingLine.LevelsMax; level++)
        {
            if (!timelines.TryGetValue(below, out var timeline) || timeline.At(at).Profile?.ManagerId is not { } above)
            {
                return null;
            }

            if (above == manager)
            {
                return level;
            }

            below = above;
        }

        return null;
    }

    /// <summary>The manager that a fact names; null where it names none.</summary>
    public static RepId? ManagerIn(RepEvent @event) => @event switch
    {
        RepEvent.Registered e => e.Profile.ManagerId,
        RepEvent.ManagerChanged e => e.ManagerId,
        _ => null,
    };
}
