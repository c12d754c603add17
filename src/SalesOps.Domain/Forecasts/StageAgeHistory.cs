using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Forecasts;

/// <summary>
/// The share of closed deals that were won, of those that were in a stage at an age. A deal counts once for each stage and
/// class of age that it passed through.
/// </summary>
public sealed class StageAgeHistory
{
    /// <summary>Where a class of age ends, in days since the opening; the last has no end.</summary>
    private static readonly int[] ClassEnds = [30, 60, 90, 180];

    private readonly Dictionary<(PipelineId PipelineId, StageKey Stage, int? AgeClass), (long Won, long Closed)> _deals = [];

    /// <summary>Whether any deal has closed.</summary>
    public bool Any => _deals.Count > 0;

    /// <summary>Won ÷ closed at that stage and age; where no deal was there at that age, at that stage.</summary>
    public Ratio WinRate(PipelineId pipelineId, StageKey stage, int ageDays)
    {
        return _deals.TryGetValue((pipelineId, stage, ClassOf(ageDays)), out var deals)
            || _deals.TryGetValue((pipelineId, stage, null), out deals)
                ? Ratio.Of(deals.Won, deals.Closed)
                : Ratio.Absent(Ratio.NoDenominator);
    }

    private static int ClassOf(int ageDays)
    {
        var ageClass = 0;
        while (ageClass < ClassEnds.Length && ageDays >= ClassEnds[ageClass])
        {
            ageClass++;
        }

        return ageClass;
    }

    /// <summary>Counts a closed deal in, by the way that it came.</summary>
    public void Add(DealMoment moment)
    {
        var passed = new HashSet<(PipelineId PipelineId, StageKey Stage, int? AgeClass)>();
        var opened = moment.OpenedOn.DayNumber;
        for (var visit = 0; visit < moment.Visits.Count; visit++)
        {
            var (stage, enteredAt) = moment.Visits[visit];
            var until = visit + 1 < moment.Visits.Count
                ? DayOf(moment.Visits[visit + 1].EnteredAt.AddMicroseconds(-1))
                : moment.ClosedOn!.Value.DayNumber;
            passed.Add((moment.PipelineId, stage, null));
            var first = ClassOf(DayOf(enteredAt) - opened);
            for (var age = first; age <= Math.Max(first, ClassOf(until - opened)); age++)
            {
                passed.Add((moment.PipelineId, stage, age));
            }
        }

        foreach (var place in passed)
        {
            var (won, closed) = _deals.GetValueOrDefault(place);
            _deals[place] = (won + (moment.Status == DealStatus.Won ? 1 : 0), closed + 1);
        }
    }

    private static int DayOf(DateTimeOffset at) => BusinessCalendar.Utc.DateOf(at).DayNumber;
}
