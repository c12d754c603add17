using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Pipelines;

/// <summary>Why an open deal is at risk.</summary>
public enum RiskRule
{
    /// <summary>Nothing was noted of it for longer than nine of ten won deals ever were quiet.</summary>
    Inactive,

    /// <summary>Its expected close was put off again and again.</summary>
    Pushed,

    /// <summary>It has been in its stage for longer than nine of ten won deals were.</summary>
    StaleInStage,

    /// <summary>It is to close sooner than nine of ten won deals did from its stage on.</summary>
    CloseTooSoon,

    /// <summary>It was to close before.</summary>
    Overdue,

    /// <summary>It is worth less than it was.</summary>
    AmountCut,

    /// <summary>All activities with a contact are with one and the same.</summary>
    SingleContact,
}

/// <summary>What was noted of a deal: first and last date, the longest pause between, and with whom.</summary>
/// <param name="LongestPause">Whole days between two activities; 0 for one.</param>
public sealed record DealActivity(DateOnly First, DateOnly Last, int LongestPause, long Count, long Contacts, string? ContactId);

/// <summary>That a rule speaks of a deal, and what it goes by.</summary>
/// <param name="Days">What the rule measured.</param>
/// <param name="Norm">What it measured against.</param>
/// <param name="Since">The date that it counts from.</param>
/// <param name="Earliest">The date before which won deals rarely close from there.</param>
public sealed record Risk(
    RiskRule Rule, decimal? Days = null, decimal? Norm = null, DateOnly? Since = null, DateOnly? Earliest = null,
    int? Pushes = null, Money? Peak = null, string? ContactId = null);

/// <summary>
/// What won deals were like, and which open deals are unlike them. A norm takes <see cref="Least"/> won deals; without, its
/// rule is silent.
/// </summary>
/// <param name="pushes">From how many on a deal is at risk for being put off.</param>
public sealed class RiskNorms(BusinessCalendar calendar, int pushes)
{
    public const int Least = 5;

    private readonly Dictionary<(PipelineId, StageKey), DayStatistics> _inStage = [];
    private readonly Dictionary<(PipelineId, StageKey), DayStatistics> _toClose = [];

    /// <summary>The longest time that each won deal was quiet; only of deals with activities.</summary>
    public DayStatistics Pauses { get; } = new();

    /// <summary>How many days in its stage nine of ten won deals stayed below; null without the norm.</summary>
    public decimal? InStage(PipelineId pipeline, StageKey stage) => Norm(_inStage.GetValueOrDefault((pipeline, stage)), 0.9m);

    /// <summary>How many days from its first entry into a stage nine of ten won deals took at least to close.</summary>
    public decimal? ToClose(PipelineId pipeline, StageKey stage) => Norm(_toClose.GetValueOrDefault((pipeline, stage)), 0.1m);

    /// <summary>How many days nine of ten won deals were never quiet for longer than.</summary>
    public decimal? Pause => Norm(Pauses, 0.9m);

    /// <summary>Every stage that there is a norm of.</summary>
    public IEnumerable<(PipelineId Pipeline, StageKey Stage)> Stages => _inStage.Keys;

    public long DealsIn(PipelineId pipeline, StageKey stage) => _inStage.GetValueOrDefault((pipeline, stage))?.Count ?? 0;

    /// <summary>Learns from a won deal.</summary>
    public void Learn(DealPath won, DealActivity? activity)
    {
        var closedOn = won.ClosedOn!.Value;
        foreach (var stage in won.StageDays(calendar, closedOn).GroupBy(visit => visit.Stage))
        {
            Of(_inStage, won.PipelineId, stage.Key).Add(Math.Max(0, stage.Sum(visit => visit.Days)));
            Of(_toClose, won.PipelineId, stage.Key).Add(
                Math.Max(0, closedOn.DayNumber - calendar.DateOf(won.FirstEntry(stage.Key)!.Value).DayNumber));
        }

        if (activity is not null)
        {
            Pauses.Add(Math.Max(0, Math.Max(
                activity.LongestPause,
                Math.Max(activity.First.DayNumber - won.OpenedOn.DayNumber, closedOn.DayNumber - activity.Last.DayNumber))));
        }
    }

    /// <summary>What speaks against an open deal on a date.</summary>
    public IReadOnlyList<Risk> Assess(DealPath deal, DealActivity? activity, DateOnly today)
    {
        var risks = new List<Risk>();
        var touched = activity is not null && activity.Last > deal.OpenedOn ? activity.Last : deal.OpenedOn;
        if (Pause is { } pause && today.DayNumber - touched.DayNumber is var quiet && quiet > pause)
        {
            risks.Add(new(RiskRule.Inactive, quiet, pause, touched));
        }

        if (deal.Pushes >= pushes)
        {
            risks.Add(new(RiskRule.Pushed, Norm: pushes, Since: deal.FirstExpectedClose, Pushes: deal.Pushes));
        }

        var inStage = deal.StageDays(calendar, today).Where(visit => visit.Stage == deal.Stage).Sum(visit => visit.Days);
        if (InStage(deal.PipelineId, deal.Stage) is { } stale && inStage > stale)
        {
            risks.Add(new(RiskRule.StaleInStage, inStage, stale, calendar.DateOf(deal.Visits[^1].EnteredAt)));
        }

        if (deal.ExpectedClose < today)
        {
            risks.Add(new(RiskRule.Overdue, today.DayNumber - deal.ExpectedClose.Value.DayNumber, Since: deal.ExpectedClose));
        }
        else if (deal.ExpectedClose is { } close && ToClose(deal.PipelineId, deal.Stage) is { } norm
            && calendar.DateOf(deal.FirstEntry(deal.Stage)!.Value) is var entered && close.DayNumber - entered.DayNumber < norm)
        {
            risks.Add(new(
                RiskRule.CloseTooSoon, close.DayNumber - entered.DayNumber, norm, entered,
                entered.AddDays((int)decimal.Ceiling(norm))));
        }

        if (deal is { Amount: { } amount, PeakAmount: { } peak } && peak > amount.Amount)
        {
            risks.Add(new(RiskRule.AmountCut, Peak: amount with { Amount = peak }));
        }

        if (activity is { Contacts: 1 })
        {
            risks.Add(new(RiskRule.SingleContact, ContactId: activity.ContactId));
        }

        return risks;
    }

    private static DayStatistics Of(
        Dictionary<(PipelineId, StageKey), DayStatistics> all, PipelineId pipeline, StageKey stage) =>
        all.TryGetValue((pipeline, stage), out var known) ? known : all[(pipeline, stage)] = new();

    private static decimal? Norm(DayStatistics? days, decimal share) => days?.Count >= Least ? days.Quantile(share) : null;
}
