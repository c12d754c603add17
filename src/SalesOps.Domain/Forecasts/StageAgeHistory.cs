using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
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

    private static int ClassOf(int ageDays) => ClassEnds.TakeWhile(end => ageDays >= end).Count();

    /// <summary>Counts a closed deal in.</summary>
    /// <param name="path">What held of it, in the order of time, up to its close.</param>
    public void Add(IReadOnlyList<KnownRow<DealMoment>> path, bool isWon)
    {
        var passed = new HashSet<(PipelineId PipelineId, StageKey Stage, int? AgeClass)>();
        foreach (var row in path)
        {
            if (row.Row.Status != DealStatus.Open)
            {
                continue;
            }

            var opened = row.Row.OpenedOn.DayNumber;
            var first = ClassOf(DayOf(row.ValidFrom) - opened);
            var last = ClassOf(DayOf(row.ValidTo.AddMicroseconds(-1)) - opened);
            passed.Add((row.Row.PipelineId, row.Row.Stage, null));
            for (var age = first; age <= last; age++)
            {
                passed.Add((row.Row.PipelineId, row.Row.Stage, age));
            }
        }

        foreach (var place in passed)
        {
            var (won, closed) = _deals.GetValueOrDefault(place);
            _deals[place] = (won + (isWon ? 1 : 0), closed + 1);
        }
    }

    private static int DayOf(DateTimeOffset at) => BusinessCalendar.Utc.DateOf(at).DayNumber;
}
