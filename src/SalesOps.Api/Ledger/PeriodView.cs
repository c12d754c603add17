using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>A month of the books as clients see it.</summary>
/// <param name="Position">Of the seal: the last position of the log that is in the totals.</param>
/// <param name="BlockHash">Of the block of the hash chain that has that position.</param>
/// <param name="Gates">What keeps it from being closed; of the first open month alone.</param>
internal sealed record PeriodView(
    string Period,
    PeriodStatus Status,
    long? Position,
    long? Block,
    string? BlockHash,
    IReadOnlyList<PeriodTotal>? Totals,
    bool? Ready,
    IReadOnlyList<PeriodGate>? Gates)
{
    public static PeriodView Of(PeriodClosing closing) => new(
        closing.Period, closing.Status, closing.Position, closing.Block, closing.BlockHash,
        closing.Status == PeriodStatus.Sealed ? [.. closing.Totals.Select(PeriodTotal.Of)] : null, null, null);

    public static ClosedPeriod Sealed(string period, PeriodEvent.Sealed seal, long version, long position) => new(
        period, version, position, PeriodStatus.Sealed, seal.Position, seal.Block, seal.BlockHash,
        [.. seal.Totals.Select(PeriodTotal.Of)]);
}

/// <summary>What an account came to in a month.</summary>
internal sealed record PeriodTotal(LedgerAccount Account, Money Debit, Money Credit)
{
    public static PeriodTotal Of(AccountTotal total) => new(total.Account, total.Debit, total.Credit);
}

/// <summary>What a close answers.</summary>
/// <param name="SealedPosition">The last position of the log that is in the totals.</param>
internal sealed record ClosedPeriod(
    string Id, long Version, long Position, PeriodStatus Status, long SealedPosition, long Block, string BlockHash,
    IReadOnlyList<PeriodTotal> Totals);
