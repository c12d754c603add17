using SalesOps.Domain.Metrics;
using SalesOps.Domain.Reps;

namespace SalesOps.Domain.Catalog;

/// <summary>Why somebody who was trained is not in the cohort.</summary>
public enum TrainingExclusion
{
    /// <summary>The days after the training are not over yet.</summary>
    NotOverYet,

    /// <summary>Was hired in the days before it.</summary>
    NotThereBefore,

    /// <summary>Left in the days after it.</summary>
    LeftAfter,
}

/// <summary>
/// What reps closed in so many days before a training and in as many from it on (RULES R28). The same reps are on both
/// sides: who was not there for all of the days, or for whom they are not over, is left out and counted. A rep whose day of
/// hire nobody knows was always there.
/// </summary>
public sealed class TrainingEffect(int days, DateOnly today)
{
    private readonly SortedDictionary<TrainingExclusion, int> _excluded = [];

    /// <summary>How many reps are compared with themselves.</summary>
    public int Reps { get; private set; }

    public IReadOnlyDictionary<TrainingExclusion, int> Excluded => _excluded;

    public ClosedDealMeasures Before { get; } = new();

    public ClosedDealMeasures After { get; } = new();

    /// <summary>Counts a rep in.</summary>
    /// <param name="trainedOn">The first day on which the training counts.</param>
    /// <param name="closed">What the rep won and lost, whenever that was.</param>
    public void Add(Rep rep, DateOnly trainedOn, IEnumerable<ClosedDeal> closed)
    {
        var (from, to) = (trainedOn.AddDays(-days), trainedOn.AddDays(days));
        if (ExclusionOf(rep, from, to) is { } exclusion)
        {
            _excluded[exclusion] = _excluded.GetValueOrDefault(exclusion) + 1;
            return;
        }

        Reps++;
        foreach (var deal in closed.Where(deal => deal.ClosedOn >= from && deal.ClosedOn < to))
        {
            (deal.ClosedOn < trainedOn ? Before : After).Add(deal, deal.Amount);
        }
    }

    /// <summary>A measure after the training beside the same before it; absent where there is none after it.</summary>
    public MetricComparison? Compare(MetricMeasure measure)
    {
        var isMixed = measure is MetricMeasure.Bookings or MetricMeasure.AverageDeal
            && Before.Currency is { } currency && After.Currency is { } other && currency != other;
        return After.Of(measure)?.Value is { } after
            ? new(ComparedWith.Before, null, after, isMixed ? Ratio.Absent(Ratio.MixedCurrencies) : Before.Of(measure)!.Value)
            : null;
    }

    private TrainingExclusion? ExclusionOf(Rep rep, DateOnly from, DateOnly to) =>
        rep.Profile?.HiredOn > from ? TrainingExclusion.NotThereBefore
        : rep.DepartedOn < to ? TrainingExclusion.LeftAfter
        : to > today.AddDays(1) ? TrainingExclusion.NotOverYet
        : null;
}
