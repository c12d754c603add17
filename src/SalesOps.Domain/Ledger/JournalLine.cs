using System.Text.Json.Serialization;

namespace SalesOps.Domain.Ledger;

/// <summary>One side of a line.</summary>
/// <param name="Amount">Debits are positive, credits negative; in the currency of the line.</param>
public sealed record Posting(LedgerAccount Account, decimal Amount);

/// <summary>A number that went into a line, for example <c>rate</c> and <c>0.075</c>.</summary>
public sealed record LineInput(string Name, string Value);

/// <summary>One thing that a journal records, with its postings and with all that explains it.</summary>
/// <param name="On">The business date from which it counts.</param>
/// <param name="Amount">Rounded; negative where it takes back. The postings stand for it in the accounts.</param>
/// <param name="Rule">The clause that it comes from, for example <c>marginal</c> or <c>holdback</c>.</param>
/// <param name="CreditId">The credit it is paid for; absent for what belongs to a whole period.</param>
/// <param name="DealId">The deal behind the credit.</param>
/// <param name="Component">The component of the plan.</param>
/// <param name="Part">What of the credit's pay it is: <c>trueUp:</c> with the earlier credit, or <c>lapsed</c>; absent for its own.</param>
/// <param name="PlanId">The plan; absent for what was entered by hand.</param>
/// <param name="PlanVersion">The version of the plan, from 1.</param>
/// <param name="Inputs">The numbers that went in.</param>
/// <param name="Sources">The ids of the events behind it.</param>
/// <param name="CauseEventId">The event that moved it, where that is another than the journal's.</param>
public sealed record JournalLine(
    PostingKind Kind,
    DateOnly On,
    Money Amount,
    string Rule,
    ValueList<Posting> Postings,
    string? CreditId = null,
    DealId? DealId = null,
    string? Component = null,
    string? Part = null,
    PlanId? PlanId = null,
    int? PlanVersion = null,
    ValueList<LineInput>? Inputs = null,
    ValueList<string>? Sources = null,
    string? CauseEventId = null)
{
    /// <summary>A line with the postings of its kind (RULES R22).</summary>
    public static JournalLine Of(PostingKind kind, DateOnly on, Money amount, string rule) =>
        new(kind, on, amount, rule, PostingRules.Of(kind, amount.Amount));

    /// <summary>What the line is about; lines of one key add up.</summary>
    [JsonIgnore]
    public LineKey Key => new(Kind, On, Amount.Currency, Rule, CreditId, Component, Part, PlanId, PlanVersion);

    /// <summary>The same line over another amount: its own postings, in proportion of the sign and the amount.</summary>
    internal JournalLine Over(decimal amount) => this with
    {
        Amount = Amount with { Amount = amount },
        Postings = [.. Postings.Select(posting => posting with
        {
            Amount = Math.Sign(posting.Amount) == Math.Sign(Amount.Amount) ? amount : -amount,
        })],
    };
}

/// <summary>What tells lines apart: two of one key are the same thing, learned twice.</summary>
public readonly record struct LineKey(
    PostingKind Kind,
    DateOnly On,
    string Currency,
    string Rule,
    string? CreditId,
    string? Component,
    string? Part,
    PlanId? PlanId,
    int? PlanVersion);
