using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Forecasts;

/// <summary>An open deal that is expected to close in the period.</summary>
/// <param name="AgeDays">Since it was opened.</param>
public sealed record ExpectedDeal(
    DealId Id, PipelineId PipelineId, StageKey Stage, RepId? OwnerId, ForecastCategory? Category, Money Amount, int AgeDays);

/// <summary>
/// What the models forecast a period by: all of it was true by one instant and known by one, so that nothing that came
/// later can get in. Deals are counted in one by one and forgotten.
/// </summary>
/// <param name="validAt">Up to when things count as having happened.</param>
/// <param name="knownAt">Up to when they count as known.</param>
/// <param name="today">The business date of the instant.</param>
public sealed class ModelKnowledge(DateTimeOffset validAt, DateTimeOffset knownAt, DateOnly today, Period period)
{
    private readonly List<ExpectedDeal> _expected = [];

    public DateTimeOffset ValidAt => validAt;

    public DateTimeOffset KnownAt => knownAt;

    public DateOnly Today => today;

    public Period Period => period;

    /// <summary>The open deals that are expected to close in the period and have an amount.</summary>
    public IReadOnlyList<ExpectedDeal> Expected => _expected;

    /// <summary>What was won by business date and currency.</summary>
    public Dictionary<(DateOnly On, string Currency), decimal> Won { get; } = [];

    /// <summary>What was won in the period so far, by owner and currency.</summary>
    public Dictionary<(RepId? OwnerId, string Currency), decimal> WonInPeriod { get; } = [];

    /// <summary>How deals that have closed fared, by the stages they were in and how old they were then.</summary>
    public StageAgeHistory History { get; } = new();

    /// <summary>The currencies in which anything was won or is expected.</summary>
    public IReadOnlyList<string> Currencies =>
    [
        .. Won.Keys.Select(won => won.Currency).Concat(Expected.Select(deal => deal.Amount.Currency))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>What was won in the period so far.</summary>
    public decimal ClosedIn(string currency) =>
        WonInPeriod.Where(won => won.Key.Currency == currency).Sum(won => won.Value);

    public void Add(DealPast deal)
    {
        if (deal.At(validAt, knownAt) is not { } now)
        {
            return;
        }

        if (now.Status == DealStatus.Open)
        {
            if (now is { Amount: { } amount, ExpectedClose: { } close } && period.Contains(close))
            {
                _expected.Add(new(
                    deal.Id, now.PipelineId, now.Stage, now.OwnerId, now.Category, amount, today.DayNumber - now.OpenedOn.DayNumber));
            }

            return;
        }

        History.Add(now);
        if (now is { Status: DealStatus.Won, Amount: { } won, ClosedOn: { } on })
        {
            Won[(on, won.Currency)] = Won.GetValueOrDefault((on, won.Currency)) + won.Amount;
            if (period.Contains(on))
            {
                var key = (now.OwnerId, won.Currency);
                WonInPeriod[key] = WonInPeriod.GetValueOrDefault(key) + won.Amount;
            }
        }
    }
}
