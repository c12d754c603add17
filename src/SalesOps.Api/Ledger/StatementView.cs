using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>A rep's statement as clients see it.</summary>
/// <param name="Status">Sealed once every month of it is; then it never changes.</param>
/// <param name="Currency">That of the totals; absent where nothing was ever posted.</param>
/// <param name="Lines">The pay, as the plans reckon it, with clawbacks and adjustments.</param>
/// <param name="Movements">What of it moved between accounts: released, held, recovered, paid out.</param>
/// <param name="OriginPeriods">What the lines are about, by month.</param>
/// <param name="Others">The same in further currencies.</param>
internal sealed record StatementView(
    AsOfView AsOf,
    string RepId,
    string Period,
    PeriodStatus Status,
    string? Currency,
    IReadOnlyList<StatementLine> Lines,
    IReadOnlyList<StatementLine> Movements,
    StatementTotals? Totals,
    BalancesView? Opening,
    BalancesView? Closing,
    IReadOnlyList<OriginTotal> OriginPeriods,
    IReadOnlyList<StatementPart>? Others,
    StatementProof Proof)
{
    /// <param name="before">The totals of the accounts before the period.</param>
    /// <param name="closings">The months of the period that are closed, or being closed.</param>
    public static StatementView Of(
        AsOfView asOf, string repId, string period, Period days, IReadOnlyList<AccountTotal> before,
        IReadOnlyList<PostedLine> lines, IReadOnlyList<PeriodClosing> closings)
    {
        // The currency that was posted last comes first.
        var currencies = lines.Reverse().Select(line => line.Line.Amount.Currency)
            .Concat(before.Select(total => total.Debit.Currency)).Distinct().ToArray();
        StatementPart[] parts =
        [
            .. currencies.Select(currency => StatementPart.Of(Statement.Of(
                currency,
                [.. lines.Where(line => line.Line.Amount.Currency == currency)],
                before.Where(total => total.Debit.Currency == currency)
                    .ToDictionary(total => total.Account, total => total.Debit.Amount - total.Credit.Amount)))),
        ];
        var first = parts.FirstOrDefault();
        return new(
            asOf,
            repId,
            period,
            StatusOf(days, closings),
            first?.Currency,
            [.. lines.Where(line => Statement.IsPay(line.Line.Kind)).Select(StatementLine.Of)],
            [.. lines.Where(line => !Statement.IsPay(line.Line.Kind)).Select(StatementLine.Of)],
            first?.Totals,
            first?.Opening,
            first?.Closing,
            [
                .. lines.Where(line => Statement.IsPay(line.Line.Kind))
                    .GroupBy(line => (line.OriginPeriod, line.Line.Amount.Currency))
                    .OrderBy(same => same.Key.OriginPeriod, StringComparer.Ordinal)
                    .Select(same => new OriginTotal(
                        same.Key.OriginPeriod, same.Count(), new(same.Sum(line => StatementLine.PayOf(line.Line)), same.Key.Currency))),
            ],
            parts.Length > 1 ? parts[1..] : null,
            new StatementProof(
                asOf.Position,
                closings is [.., { Block: not null } seal] ? seal.Block : null,
                closings is [.., { BlockHash: not null } hashed] ? hashed.BlockHash : null,
                [.. lines.Select(line => LedgerEntry.PlanOf(line.Line)).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
                [.. lines.Select(line => line.Engine).OfType<string>().Distinct().Order(StringComparer.Ordinal)]));
    }

    private static PeriodStatus StatusOf(Period days, IReadOnlyList<PeriodClosing> closings) =>
        closings.Count < days.Months().Count ? PeriodStatus.Open
        : closings.All(closing => closing.Status == PeriodStatus.Sealed) ? PeriodStatus.Sealed
        : PeriodStatus.Closing;
}

/// <summary>A line of a statement.</summary>
/// <param name="Id">With <c>.0</c> and so on behind it, the id of its entries.</param>
/// <param name="Amount">What it adds to the pay; for a movement what moves.</param>
internal sealed record StatementLine(
    string Id,
    DateOnly PostedOn,
    DateOnly On,
    string OriginPeriod,
    PostingKind Kind,
    string Rule,
    string? Component,
    string? Part,
    string? CreditId,
    string? DealId,
    Money Amount,
    string? PlanVersion,
    string? CauseEventId)
{
    public static IReadOnlyList<CsvColumn<StatementLine>> Columns { get; } =
    [
        CsvColumn<StatementLine>.Text("id", line => line.Id),
        CsvColumn<StatementLine>.Date("postedOn", line => line.PostedOn),
        CsvColumn<StatementLine>.Date("on", line => line.On),
        CsvColumn<StatementLine>.Text("originPeriod", line => line.OriginPeriod),
        CsvColumn<StatementLine>.Text("kind", line => EnumName<PostingKind>.Of(line.Kind)),
        CsvColumn<StatementLine>.Text("rule", line => line.Rule),
        CsvColumn<StatementLine>.Text("component", line => line.Component),
        CsvColumn<StatementLine>.Text("part", line => line.Part),
        CsvColumn<StatementLine>.Text("creditId", line => line.CreditId),
        CsvColumn<StatementLine>.Text("dealId", line => line.DealId),
        CsvColumn<StatementLine>.Text("currency", line => line.Amount.Currency),
        CsvColumn<StatementLine>.Amount("amount", line => line.Amount),
        CsvColumn<StatementLine>.Text("planVersion", line => line.PlanVersion),
        CsvColumn<StatementLine>.Text("causeEventId", line => line.CauseEventId),
    ];

    public static StatementLine Of(PostedLine posted)
    {
        var line = posted.Line;
        return new(
            posted.Id, posted.PostedOn, line.On, posted.OriginPeriod, line.Kind, line.Rule, line.Component, line.Part,
            line.CreditId, line.DealId?.Value, line.Amount with { Amount = PayOf(line) }, LedgerEntry.PlanOf(line),
            posted.CauseEventId);
    }

    /// <summary>What a line adds to the pay: what is taken back lowers it.</summary>
    public static decimal PayOf(JournalLine line) =>
        line.Kind is PostingKind.ClawedBack or PostingKind.ClawedBackCapitalised || Statement.IsLapse(line.Kind)
            ? -line.Amount.Amount
            : line.Amount.Amount;
}

/// <summary>What a statement comes to, by the names of the calculation.</summary>
/// <param name="Payable">What became due after all of it, before payouts.</param>
/// <param name="Paid">Handed to payroll.</param>
internal sealed record StatementTotals(
    Money Earned, Money Held, Money Released, Money Clawback, Money DrawTopUp, Money DrawRecovered, Money Adjusted,
    Money Payable, Money Paid);

/// <inheritdoc cref="Domain.Ledger.Balances"/>
internal sealed record BalancesView(Money Payable, Money Unreleased, Money Held, Money DrawBalance, Money ClawbackBalance);

/// <summary>The totals and balances in one currency.</summary>
internal sealed record StatementPart(string Currency, StatementTotals Totals, BalancesView Opening, BalancesView Closing)
{
    public static StatementPart Of(Statement statement)
    {
        return new(
            statement.Currency,
            new(
                In(statement.Earned), In(statement.Held), In(statement.Released), In(statement.Clawback),
                In(statement.DrawTopUp), In(statement.DrawRecovered), In(statement.Adjusted), In(statement.Payable),
                In(statement.PaidOut)),
            View(statement.Opening),
            View(statement.Closing));

        Money In(decimal amount) => new(amount, statement.Currency);

        BalancesView View(Balances balances) => new(
            In(balances.Due), In(balances.Unreleased), In(balances.Held), In(balances.Draw), In(balances.Clawback));
    }
}

/// <summary>What a month's deals and dates have added to the pay.</summary>
internal sealed record OriginTotal(string OriginPeriod, int Lines, Money Amount);

/// <summary>What a statement rests on: with it an auditor finds and recomputes every line.</summary>
/// <param name="Position">The position of the log that it was read at.</param>
/// <param name="Block">The block of the hash chain that seals the last month of it; absent while that is open.</param>
/// <param name="Plans">The versions of plans behind the lines.</param>
/// <param name="Engines">The versions of the calculation behind the lines.</param>
internal sealed record StatementProof(
    long Position, long? Block, string? BlockHash, IReadOnlyList<string> Plans, IReadOnlyList<string> Engines);
