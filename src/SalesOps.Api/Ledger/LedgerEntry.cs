using System.Globalization;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>A posting as clients see it: one side of a line.</summary>
/// <param name="EntryId">The line's id and the posting's place in it.</param>
/// <param name="Period">The month that it is posted in.</param>
/// <param name="OriginPeriod">The month that it is about.</param>
/// <param name="EffectiveOn">The business date from which it counts.</param>
/// <param name="PlanVersion">As <c>plan@version</c>; absent for what was entered by hand.</param>
internal sealed record LedgerEntry(
    string EntryId,
    long Position,
    DateOnly PostedOn,
    string Period,
    string OriginPeriod,
    DateOnly EffectiveOn,
    LedgerAccount Account,
    string RepId,
    Money? Debit,
    Money? Credit,
    string Currency,
    PostingKind Kind,
    JournalSource Source,
    string? DealId,
    string? CreditId,
    string? Component,
    string? Part,
    string Rule,
    string? PlanVersion,
    string? CauseEventId)
{
    public static IReadOnlyList<CsvColumn<LedgerEntry>> Columns { get; } =
    [
        CsvColumn<LedgerEntry>.Text("entryId", entry => entry.EntryId),
        CsvColumn<LedgerEntry>.Number("position", entry => entry.Position),
        CsvColumn<LedgerEntry>.Date("postedOn", entry => entry.PostedOn),
        CsvColumn<LedgerEntry>.Text("period", entry => entry.Period),
        CsvColumn<LedgerEntry>.Text("originPeriod", entry => entry.OriginPeriod),
        CsvColumn<LedgerEntry>.Date("effectiveOn", entry => entry.EffectiveOn),
        CsvColumn<LedgerEntry>.Text("account", entry => EnumName<LedgerAccount>.Of(entry.Account)),
        CsvColumn<LedgerEntry>.Text("repId", entry => entry.RepId),
        CsvColumn<LedgerEntry>.Amount("debit", entry => entry.Debit),
        CsvColumn<LedgerEntry>.Amount("credit", entry => entry.Credit),
        CsvColumn<LedgerEntry>.Text("currency", entry => entry.Currency),
        CsvColumn<LedgerEntry>.Text("kind", entry => EnumName<PostingKind>.Of(entry.Kind)),
        CsvColumn<LedgerEntry>.Text("source", entry => EnumName<JournalSource>.Of(entry.Source)),
        CsvColumn<LedgerEntry>.Text("dealId", entry => entry.DealId),
        CsvColumn<LedgerEntry>.Text("creditId", entry => entry.CreditId),
        CsvColumn<LedgerEntry>.Text("component", entry => entry.Component),
        CsvColumn<LedgerEntry>.Text("part", entry => entry.Part),
        CsvColumn<LedgerEntry>.Text("rule", entry => entry.Rule),
        CsvColumn<LedgerEntry>.Text("planVersion", entry => entry.PlanVersion),
        CsvColumn<LedgerEntry>.Text("causeEventId", entry => entry.CauseEventId),
    ];

    /// <summary>The postings of a line, those of some accounts if only they are asked for.</summary>
    public static IEnumerable<LedgerEntry> Of(PostedLine posted, IReadOnlyList<LedgerAccount>? accounts)
    {
        var line = posted.Line;
        foreach (var (place, posting) in line.Postings.Index())
        {
            if (accounts is null || accounts.Contains(posting.Account))
            {
                var money = line.Amount with { Amount = Math.Abs(posting.Amount) };
                yield return new(
                    string.Create(CultureInfo.InvariantCulture, $"{posted.Id}.{place}"),
                    posted.Position,
                    posted.PostedOn,
                    Domain.Period.MonthOf(posted.PostedOn).MonthKey,
                    posted.OriginPeriod,
                    line.On,
                    posting.Account,
                    posted.RepId.Value,
                    posting.Amount >= 0 ? money : null,
                    posting.Amount < 0 ? money : null,
                    line.Amount.Currency,
                    line.Kind,
                    posted.Source,
                    line.DealId?.Value,
                    line.CreditId,
                    line.Component,
                    line.Part,
                    line.Rule,
                    PlanOf(line),
                    posted.CauseEventId);
            }
        }
    }

    /// <summary>The plan and its version in one word.</summary>
    public static string? PlanOf(JournalLine line) => line.PlanId is { } plan
        ? string.Create(CultureInfo.InvariantCulture, $"{plan}@{line.PlanVersion}")
        : null;
}
