using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Reps;

namespace SalesOps.Domain.Metrics;

/// <summary>What activities are grouped by; team, manager and office are those of the day.</summary>
public enum ActivityGrouping
{
    Rep,
    Team,
    Manager,
    Office,
    Month,
}

/// <summary>Activities of a group, and the working days that its reps had for them.</summary>
public sealed record ActivityFigures(long Calls, long Emails, long Meetings, long WorkingDays)
{
    public long Total => Calls + Emails + Meetings;

    /// <summary>So many for each working day; there must be one.</summary>
    public decimal PerDay(long activities) => (decimal)activities / WorkingDays;
}

/// <summary>
/// Counts activities of a range of dates (RULES R28). A working day is a Monday to Friday, not later than the time asked
/// for, on which a rep who noted anything in the range was neither on leave nor gone; of one who is not known, each.
/// </summary>
public sealed class ActivityTally
{
    private readonly SortedDictionary<string, ActivityFigures> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<RepId> _reps = [];
    private readonly ActivityGrouping? _groupBy;
    private readonly Organisation _organisation;
    private readonly BusinessCalendar _calendar;
    private readonly DateOnly[] _weekdays;

    public ActivityTally(
        ActivityGrouping? groupBy, Organisation organisation, BusinessCalendar calendar, DateOnly from, DateOnly to,
        DateTimeOffset validAt)
    {
        (_groupBy, _organisation, _calendar) = (groupBy, organisation, calendar);
        var until = calendar.DateOf(validAt) is var today && today < to ? today.AddDays(1) : to;
        _weekdays =
        [
            .. Enumerable.Range(from.DayNumber, Math.Max(0, until.DayNumber - from.DayNumber)).Select(DateOnly.FromDayNumber)
                .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)),
        ];
    }

    /// <summary>By key; one that is empty where nothing was to be grouped.</summary>
    public IEnumerable<(string Key, ActivityFigures Figures)> Items => _groupBy is null && _groups.Count == 0
        ? [(GroupKey.All, new(0, 0, 0, 0))]
        : _groups.Select(group => (group.Key, group.Value));

    public void Add(RepId rep, ActivityKind kind, DateOnly on)
    {
        if (_reps.Add(rep))
        {
            AddWorkingDays(rep);
        }

        Change(KeyOf(rep, on), figures => kind switch
        {
            ActivityKind.Call => figures with { Calls = figures.Calls + 1 },
            ActivityKind.Email => figures with { Emails = figures.Emails + 1 },
            _ => figures with { Meetings = figures.Meetings + 1 },
        });
    }

    private void AddWorkingDays(RepId rep)
    {
        var isKnown = _weekdays.Any(day => FactOf(rep, day) is not null);
        foreach (var day in _weekdays.Where(day => !isKnown || FactOf(rep, day)?.Presence == RepPresence.Active))
        {
            Change(KeyOf(rep, day), figures => figures with { WorkingDays = figures.WorkingDays + 1 });
        }
    }

    private void Change(string? key, Func<ActivityFigures, ActivityFigures> change)
    {
        var known = key ?? GroupKey.None;
        _groups[known] = change(_groups.GetValueOrDefault(known) ?? new(0, 0, 0, 0));
    }

    private string? KeyOf(RepId rep, DateOnly on) => _groupBy switch
    {
        null => GroupKey.All,
        ActivityGrouping.Rep => rep.Value,
        ActivityGrouping.Month => Period.MonthOf(on).MonthKey,
        ActivityGrouping.Team => FactOf(rep, on)?.Team,
        ActivityGrouping.Manager => FactOf(rep, on)?.ManagerId?.Value,
        _ => FactOf(rep, on)?.Office,
    };

    private RepFact? FactOf(RepId rep, DateOnly on) => _organisation.Find(rep, _calendar.EndOf(on));
}
