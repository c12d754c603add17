using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>What the ledger of a rep should come to by the plans, line by line; or why it can't be told.</summary>
internal sealed record PayTarget(IReadOnlyList<JournalLine> Lines, CalculationEvent.Blocked? Block)
{
    /// <param name="today">What counts from a later day on is not posted yet.</param>
    public static PayTarget Of(RepPay pay, DateOnly today)
    {
        var lines = new List<JournalLine>();
        foreach (var input in pay.Inputs)
        {
            if (CompensationEngine.Refuse(input) is { } refusal)
            {
                return new([], new(Period.MonthOf(input.Periods[0].From).MonthKey, refusal.Code, refusal.Detail));
            }

            var earned = EarnedBy(input, today);
            lines.AddRange(CapitalisedCost.Capitalises(input) ? CapitalisedCost.WithSchedules([.. earned], input, today) : earned);
        }

        return new(lines, null);
    }

    /// <summary>What the calculation of an input that isn't refused comes to, without the schedules of what it capitalises.</summary>
    public static IEnumerable<JournalLine> EarnedBy(CompensationInput input, DateOnly today)
    {
        var deals = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var credit in input.Credits.Where(credit => credit.DealId is not null))
        {
            deals[credit.Id] = credit.DealId!;
        }

        return CommissionJournal.LinesOf(CompensationEngine.Compute(input), deals, today);
    }
}
