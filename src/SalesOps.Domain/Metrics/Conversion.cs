using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Metrics;

/// <summary>How conversion from stage to stage is asked (RULES R6).</summary>
public enum ConversionMethod
{
    /// <summary>Of the deals that first came into a stage in the range, those that ever came further.</summary>
    Cohort,

    /// <summary>Of the deals that were in a stage in the range, those that moved further in the range.</summary>
    Period,

    /// <summary>How many are in the next stage for each that is in this one, at one instant: a shape, no rate.</summary>
    Snapshot,
}

/// <summary>One step of a pipeline: from a stage to the next, or from the last to won.</summary>
/// <param name="Entered">The deals that are counted from.</param>
/// <param name="Reached">Those of them that came to the next stage or further, won included.</param>
/// <param name="Open">Those that have not come so far and may yet.</param>
public sealed record ConversionStep(
    string From, string FromName, string To, string ToName, long Entered, long Reached, long Open, Ratio Ratio)
{
    /// <summary>Whether every deal is closed; else the ratio is a lower bound.</summary>
    public bool IsMatured { get; init; }
}

/// <summary>Counts up how far the deals of one pipeline came (RULES R6).</summary>
/// <param name="entered">The range of dates; an end may be open.</param>
public sealed class Conversion(
    StageOrder order, ConversionMethod method, Weight weight, (DateOnly? From, DateOnly? To) entered, BusinessCalendar calendar)
{
    private readonly Step[] _steps = [.. order.Steps().Select(_ => new Step(weight))];
    private readonly Step _overall = new(weight);

    /// <summary>Step by step, in the order of the pipeline.</summary>
    public IReadOnlyList<ConversionStep> Steps =>
        [.. order.Steps().Select(step => Of(_steps[step.Place], step.From.Key.Value, step.From.Name, step.To, step.ToName))];

    /// <summary>From the first stage to won; null for the shape of an instant.</summary>
    public ConversionStep? Overall => method == ConversionMethod.Snapshot || order.Pipeline.Stages is []
        ? null
        : Of(_overall, order.Pipeline.Stages[0].Key.Value, order.Pipeline.Stages[0].Name, StageOrder.Won, "Won");

    public void Add(DealPath deal)
    {
        foreach (var (from, _, _, place) in order.Steps())
        {
            if (IsCounted(deal, from.Key, place))
            {
                _steps[place].Add(deal, HasMoved(deal, place, place + 1));
                if (place == 0)
                {
                    _overall.Add(deal, HasMoved(deal, place, order.Pipeline.Stages.Count));
                }
            }
            else if (method == ConversionMethod.Snapshot && IsInNext(deal, place))
            {
                _steps[place].AddNext(deal);
            }
        }
    }

    private bool IsCounted(DealPath deal, StageKey stage, int place) => method switch
    {
        ConversionMethod.Cohort => deal.FirstEntry(stage) is { } at && Contains(calendar.DateOf(at)),
        ConversionMethod.Period => deal.Visits.Index().Any(visit =>
            visit.Item.Stage == stage && Began(visit.Item.EnteredAt) && !EndedBefore(deal, visit.Index)),
        _ => deal.Status == DealStatus.Open && order.PlaceOf(deal.Stage) == place,
    };

    private bool HasMoved(DealPath deal, int place, int target) => method switch
    {
        ConversionMethod.Cohort => order.FurthestOf(deal) >= target,
        ConversionMethod.Period => (deal.Status == DealStatus.Won && Contains(deal.ClosedOn!.Value))
            || deal.Visits.SkipWhile(visit => order.PlaceOf(visit.Stage) != place)
                .Any(visit => order.PlaceOf(visit.Stage) >= target && Contains(calendar.DateOf(visit.EnteredAt))),
        _ => false,
    };

    private bool IsInNext(DealPath deal, int place) =>
        deal.Status == DealStatus.Open && order.PlaceOf(deal.Stage) == place + 1;

    private bool Contains(DateOnly date) => !(date < entered.From) && !(date >= entered.To);

    private bool Began(DateTimeOffset at) => !(calendar.DateOf(at) >= entered.To);

    /// <summary>Whether a visit was over before the range began: by the next one or by the close.</summary>
    private bool EndedBefore(DealPath deal, int visit) => visit + 1 < deal.Visits.Count
        ? calendar.DateOf(deal.Visits[visit + 1].EnteredAt) < entered.From
        : deal.ClosedOn < entered.From;

    private ConversionStep Of(Step step, string from, string fromName, string to, string toName)
    {
        var ratio = method == ConversionMethod.Snapshot ? step.Shape : step.Share.Ratio;
        var reached = method == ConversionMethod.Snapshot ? step.Next : step.Share.Some;
        return new(from, fromName, to, toName, step.Share.All, reached, step.Open, ratio) { IsMatured = step.Unclosed == 0 };
    }

    private sealed class Step(Weight weight)
    {
        private readonly MoneySums _in = new();
        private readonly MoneySums _next = new();

        public Share Share { get; } = new(weight);

        public long Open { get; private set; }

        public long Unclosed { get; private set; }

        public long Next { get; private set; }

        public Ratio Shape => weight == Weight.Count ? Ratio.Of(Next, Share.All)
            : _in.IsMixed || _next.IsMixed ? Ratio.Absent(Ratio.MixedCurrencies)
            : Ratio.Of(_next.OfOneCurrency?.Sum.Amount ?? 0, _in.OfOneCurrency?.Sum.Amount ?? 0);

        public void Add(DealPath deal, bool hasMoved)
        {
            Share.Add(deal.Amount, hasMoved);
            Unclosed += deal.IsClosed ? 0 : 1;
            Open += deal.IsClosed || hasMoved ? 0 : 1;
            AddTo(_in, deal);
        }

        public void AddNext(DealPath deal)
        {
            Next++;
            AddTo(_next, deal);
        }

        private static void AddTo(MoneySums sums, DealPath deal)
        {
            if (deal.Amount is { } amount)
            {
                sums.Add(amount);
            }
        }
    }
}
