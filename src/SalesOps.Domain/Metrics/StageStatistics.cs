namespace SalesOps.Domain.Metrics;

/// <summary>What deals of one pipeline did in one of its stages.</summary>
/// <param name="Days">The whole days that deals of the range spent in it, all visits of a deal together.</param>
/// <param name="History">The same of those that closed before.</param>
/// <param name="Skipped">Deals that came further without ever having been in it.</param>
/// <param name="Regressed">Deals that went back from it to an earlier stage.</param>
public sealed record StageFigures(
    StageKey Stage, string Name, DayStatistics Days, DayStatistics History, long Skipped, long Regressed)
{
    /// <summary>How many deals it takes on either side to speak of slowness.</summary>
    public const int Least = 5;

    /// <summary>By how much the median must exceed that of before.</summary>
    public const decimal SlowFrom = 1.5m;

    /// <summary>The median ÷ that of before; absent where either has too few deals to say.</summary>
    public Ratio Pace => Days.Count < Least || History.Count < Least
        ? Ratio.Absent("too-few-deals")
        : Ratio.Of(Days.Median!.Value, History.Median!.Value);

    /// <summary>Whether deals now take markedly longer in it than they used to: the tenant's own history is the norm.</summary>
    public bool IsSlow => Pace.Value >= SlowFrom;
}

/// <summary>How long closed deals of one pipeline stayed in its stages, which they skipped, and where they went back.</summary>
/// <param name="from">Deals that closed before are the history; null for none.</param>
public sealed class StageStatistics(StageOrder order, DateOnly? from, BusinessCalendar calendar)
{
    private readonly StageFigures[] _stages =
        [.. order.Pipeline.Stages.Select(stage => new StageFigures(stage.Key, stage.Name, new(), new(), 0, 0))];

    public IReadOnlyList<StageFigures> Stages => _stages;

    /// <summary>How many deals of the range closed before they came into their last stage; their days are not counted.</summary>
    public long Excluded { get; private set; }

    public long Deals { get; private set; }

    /// <summary>Counts a closed deal in.</summary>
    public void Add(DealPath deal)
    {
        var isHistory = deal.ClosedOn < from;
        var days = deal.StageDays(calendar, deal.ClosedOn!.Value).ToArray();
        var isExcluded = days[^1].Days < 0;
        Deals += isHistory ? 0 : 1;
        Excluded += isExcluded && !isHistory ? 1 : 0;
        foreach (var stage in days.GroupBy(visit => visit.Stage).TakeWhile(_ => !isExcluded))
        {
            if (order.PlaceOf(stage.Key) is { } place)
            {
                (isHistory ? _stages[place].History : _stages[place].Days).Add(stage.Sum(visit => visit.Days));
            }
        }

        if (!isHistory)
        {
            AddMoves(deal);
        }
    }

    private void AddMoves(DealPath deal)
    {
        var places = deal.Visits.Select(visit => order.PlaceOf(visit.Stage)).OfType<int>().ToArray();
        var furthest = order.FurthestOf(deal);
        foreach (var (place, figures) in _stages.Index())
        {
            var isSkipped = place < furthest && !places.Contains(place);
            var isRegressed = places.Zip(places.Skip(1)).Any(move => move.First == place && move.Second < place);
            _stages[place] = figures with
            {
                Skipped = figures.Skipped + (isSkipped ? 1 : 0),
                Regressed = figures.Regressed + (isRegressed ? 1 : 0),
            };
        }
    }
}
