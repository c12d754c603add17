namespace SalesOps.Domain.Metrics;

/// <summary>The distribution of whole days, at full precision. What it takes of memory is bounded by the longest.</summary>
public sealed class DayStatistics
{
    private readonly SortedDictionary<int, long> _counts = [];

    /// <summary>How many were added.</summary>
    public long Count { get; private set; }

    /// <summary>The sum of all.</summary>
    public long Sum { get; private set; }

    public decimal? Mean => Count == 0 ? null : (decimal)Sum / Count;

    public decimal? Median => Quantile(0.5m);

    public decimal? P90 => Quantile(0.9m);

    public int? Min => Count == 0 ? null : _counts.First().Key;

    public int? Max => Count == 0 ? null : _counts.Last().Key;

    public void Add(int days, long count = 1)
    {
        _counts[days] = _counts.GetValueOrDefault(days) + count;
        Count += count;
        Sum += days * count;
    }

    /// <summary>Linear between the two nearest ranks, as <c>percentile_cont</c> of SQL; null without any.</summary>
    /// <param name="share">0 to 1.</param>
    public decimal? Quantile(decimal share)
    {
        if (Count == 0)
        {
            return null;
        }

        var place = share * (Count - 1);
        var below = AtRank((long)decimal.Floor(place));
        var above = AtRank((long)decimal.Ceiling(place));
        return below + ((above - below) * (place - decimal.Floor(place)));
    }

    private decimal AtRank(long rank)
    {
        foreach (var (days, count) in _counts)
        {
            if (rank < count)
            {
                return days;
            }

            rank -= count;
        }

        throw new ArgumentOutOfRangeException(nameof(rank), rank, "There are not so many.");
    }
}
