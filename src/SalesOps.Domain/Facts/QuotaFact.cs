using SalesOps.Domain.Deals;
using SalesOps.Domain.Quotas;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a quota: what it comes to, month by month.</summary>
/// <param name="Total">The effective quota.</param>
public sealed record QuotaFact(
    QuotaHolder Holder,
    string Period,
    Measure Measure,
    QuotaAmount Amount,
    QuotaAmount Total,
    Period Active,
    ValueList<(DateOnly Month, decimal Amount)> Months,
    SplitKind Credit = SplitKind.Revenue)
{
    /// <summary>Nothing is kept of a quota before it is assigned.</summary>
    public static QuotaFact? Of(Quota quota) => quota is { Terms: { } terms } && quota.Effective() is { } effective
        ? new(
            terms.Holder, terms.Period, terms.Measure, terms.Amount, effective.Total, terms.ActiveDays(),
            [.. effective.Months.Select(month => (month.Month, month.Amount))], terms.Credit ?? SplitKind.Revenue)
        : null;
}
