using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>What a command that was not carried out would do to pay.</summary>
/// <param name="Reps">Whose pay it may concern.</param>
/// <param name="Items">Those whose pay it moves, or keeps from being calculated, by id.</param>
/// <param name="Totals">By currency.</param>
internal sealed record PayImpact(int Reps, IReadOnlyList<RepImpact> Items, IReadOnlyList<ImpactTotal> Totals);

/// <summary>What it would do to the pay of one rep in one currency.</summary>
/// <param name="Problem">Why the pay can't be calculated, now or then.</param>
internal sealed record RepImpact(
    string RepId, string Currency, PaySums Difference, IReadOnlyList<ImpactMonth> Periods, ImpactProblem? Problem);

/// <summary>A month whose pay moves, and the month of the books that the difference would be posted in.</summary>
/// <param name="IsLate">Whether the month itself is closed, so that the difference is a delta in a later one.</param>
internal sealed record ImpactMonth(
    string OriginPeriod, string PostingPeriod, bool IsLate, PaySums Difference, IReadOnlyList<ImpactLine> Lines);

/// <summary>A line that would be posted.</summary>
/// <param name="Amount">The difference to what stands.</param>
internal sealed record ImpactLine(
    PostingKind Kind, DateOnly On, string Rule, string? Component, string? Part, string? CreditId, string? DealId, Money Amount,
    string? PlanVersion)
{
    public static ImpactLine Of(JournalLine line) => new(
        line.Kind, line.On, line.Rule, line.Component, line.Part, line.CreditId, line.DealId?.Value, line.Amount,
        LedgerEntry.PlanOf(line));
}

internal sealed record ImpactTotal(string Currency, PaySums Difference);

internal sealed record ImpactProblem(string Code, string Detail);
