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
}
