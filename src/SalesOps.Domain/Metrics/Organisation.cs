using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Metrics;

/// <summary>
/// Who reported to whom, in which team and office, over valid time and in one state of knowledge. A deal belongs to the
/// team that its owner was in at the time in question, so whoever moves takes no history along.
/// </summary>
/// <param name="reps">The rows of reps that were known at one instant.</param>
public sealed class Organisation(IEnumerable<(RepId RepId, KnownRow<RepFact> Row)> reps)
{
    private readonly ILookup<RepId, KnownRow<RepFact>> _rows = reps.ToLookup(rep => rep.RepId, rep => rep.Row);

    private readonly ILookup<RepId, KnownRow<RepFact>> _reports = reps
        .Where(rep => rep.Row.Row.ManagerId is not null)
        .ToLookup(rep => rep.Row.Row.ManagerId!.Value, rep => rep.Row);

    /// <summary>Whether anybody reported to a rep at an instant.</summary>
    public bool HasReports(RepId repId, DateTimeOffset validAt) =>
        _reports[repId].Any(row => row.ValidFrom <= validAt && validAt < row.ValidTo);

    /// <summary>What held of a rep at an instant; null where the rep is not known then.</summary>
    public RepFact? Find(RepId? repId, DateTimeOffset validAt) => repId is { } id
        ? _rows[id].FirstOrDefault(row => row.ValidFrom <= validAt && validAt < row.ValidTo).Row
        : null;

    /// <summary>From when to when something holds of each rep, by half-open intervals.</summary>
    public IEnumerable<(RepId RepId, DateTimeOffset From, DateTimeOffset To)> When(Func<RepFact, bool> holds) =>
        from rep in _rows
        from row in rep
        where holds(row.Row)
        select (rep.Key, row.ValidFrom, row.ValidTo);

    /// <summary>Every rep that is known at an instant, in the order of their ids.</summary>
    public IReadOnlyList<(RepId RepId, RepFact Rep)> At(DateTimeOffset validAt) =>
    [
        .. _rows.Select(rep => (RepId: rep.Key, Rep: Find(rep.Key, validAt)))
            .Where(rep => rep.Rep is not null)
            .OrderBy(rep => rep.RepId.Value, StringComparer.Ordinal)
            .Select(rep => (rep.RepId, rep.Rep!)),
    ];

    /// <summary>Everybody who reported to a rep at an instant, directly or not.</summary>
    /// <param name="levels">How far down to look; 1 for those who report directly.</param>
    /// <returns>Level by level, each in the order of ids; nobody is there twice.</returns>
    public IReadOnlyList<(RepId RepId, RepFact Rep, int Level)> TeamOf(
        RepId managerId, DateTimeOffset validAt, int levels = int.MaxValue)
    {
        var reports = At(validAt).ToLookup(rep => rep.Rep.ManagerId);
        var seen = new HashSet<RepId> { managerId };
        var team = new List<(RepId RepId, RepFact Rep, int Level)>();
        RepId[] above = [managerId];
        for (var level = 1; level <= levels && above is not []; level++)
        {
            var below = above.SelectMany(manager => reports[manager]).Where(rep => seen.Add(rep.RepId)).ToArray();
            team.AddRange(below.Select(rep => (rep.RepId, rep.Rep, level)));
            above = [.. below.Select(rep => rep.RepId)];
        }

        return team;
    }
}
