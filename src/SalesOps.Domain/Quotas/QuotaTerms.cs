using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Quotas;

/// <summary>Who may have a quota.</summary>
public enum QuotaHolderKind
{
    Rep,
    Territory,
    Team,
}

/// <summary>How the share of a month is reckoned in which the holder is active (RULES R10).</summary>
public enum Proration
{
    CalendarDays,

    /// <summary>Monday to Friday.</summary>
    WorkingDays,

    /// <summary>A month counts whole for who is active on its first day, else not at all.</summary>
    Months,
}

/// <summary>Who has a quota: the id of a rep or territory, or the name of a team.</summary>
public sealed record QuotaHolder(QuotaHolderKind Kind, string Id)
{
    public override string ToString() => $"{EnumName<QuotaHolderKind>.Of(Kind)}:{Id}";
}

/// <summary>Money where there is a currency, else a count, which has two decimals like most money.</summary>
public sealed record QuotaAmount(decimal Value, string? Currency = null)
{
    /// <summary>The parts that sum to the amount exactly (RULES R24).</summary>
    public IReadOnlyList<decimal> Allocate(IReadOnlyList<decimal> weights) =>
        [.. new Money(Value, Currency ?? string.Empty).Allocate(weights).Select(part => part.Amount)];

    /// <summary>To the decimals of the currency, half away from zero.</summary>
    public QuotaAmount Rounded() => this with { Value = new Money(Value, Currency ?? string.Empty).Rounded().Amount };
}

/// <summary>A part of a ramp.</summary>
/// <param name="Percent">Of the quota, 0 to 200.</param>
/// <param name="Months">How long it lasts; absent for as long as there is a quota.</param>
public sealed record RampStep(decimal Percent, int? Months = null);

/// <summary>The weight of a month among the months of its period.</summary>
public sealed record MonthWeight(decimal Weight);

/// <summary>What a quota asks of whom.</summary>
/// <param name="Period">A month, quarter or year: <c>2026-03</c>, <c>2026-Q1</c>, <c>2026</c>.</param>
/// <param name="Amount">For the whole period, before anything lowers it.</param>
/// <param name="Ramp">Steps one after another; 100 percent after the last.</param>
/// <param name="RampFrom">From whose month the steps count; absent for the first active day.</param>
/// <param name="Seasonality">One weight for each month of the period; absent where all weigh alike.</param>
/// <param name="ActiveFrom">The holder's first day; absent where it is the period's.</param>
/// <param name="ActiveTo">The day after the holder's last; absent where it is the period's end.</param>
/// <param name="Credit">What counts towards it; absent for revenue. Overlay credit has quotas of its own (RULES R14).</param>
public sealed record QuotaTerms(
    QuotaHolder Holder,
    string Period,
    Measure Measure,
    QuotaAmount Amount,
    Proration Proration,
    IReadOnlyList<RampStep>? Ramp = null,
    DateOnly? RampFrom = null,
    IReadOnlyList<MonthWeight>? Seasonality = null,
    DateOnly? ActiveFrom = null,
    DateOnly? ActiveTo = null,
    SplitKind? Credit = null)
{
    public bool Equals(QuotaTerms? other) => other is not null
        && (Holder, Period, Measure, Amount, Proration, RampFrom, ActiveFrom, ActiveTo) == (other.Holder, other.Period,
            other.Measure, other.Amount, other.Proration, other.RampFrom, other.ActiveFrom, other.ActiveTo)
        && (Credit ?? SplitKind.Revenue) == (other.Credit ?? SplitKind.Revenue)
        && (Ramp ?? []).SequenceEqual(other.Ramp ?? [])
        && (Seasonality ?? []).SequenceEqual(other.Seasonality ?? []);

    public override int GetHashCode() => HashCode.Combine(Holder, Period, Measure, Amount);

    /// <summary>The days of the period on which the holder is active.</summary>
    public Period ActiveDays()
    {
        var period = Domain.Period.Find(Period) ?? default;
        return new(
            ActiveFrom is { } from && from > period.From ? from : period.From,
            ActiveTo is { } to && to < period.To ? to : period.To);
    }
}
