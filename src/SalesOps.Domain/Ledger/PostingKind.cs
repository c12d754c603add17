using System.Collections.Frozen;

namespace SalesOps.Domain.Ledger;

/// <summary>What a line of a journal records; each has its debit and its credit (RULES R22).</summary>
public enum PostingKind
{
    /// <summary>Earned and expensed; a negative amount is a true-up, with the postings mirrored.</summary>
    Earned,
    EarnedCapitalised,

    /// <summary>What was earned becomes due: at once, or by cash or a date.</summary>
    Released,
    Held,
    HoldbackReleased,
    HoldbackForfeited,

    /// <summary>Pay of a cancelled deal that had not become due.</summary>
    UnreleasedCancelled,
    UnreleasedCancelledCapitalised,
    DrawToppedUp,

    /// <summary>A draw that is not recoverable.</summary>
    GuaranteePaid,
    DrawRecovered,
    DrawForgiven,

    /// <summary>Pay of a cancelled deal that had become due.</summary>
    ClawedBack,
    ClawedBackCapitalised,

    /// <summary>More was taken back than was due: the rest is owed by the rep.</summary>
    Overdrawn,

    /// <summary>A clawback taken from later pay.</summary>
    ClawbackNetted,
    Paid,
    Amortised,
    Impaired,

    /// <summary>What is left of a capitalised cost when its contract ends early.</summary>
    WrittenOff,
    FxDifference,

    /// <summary>A correction by hand, which two people stand for.</summary>
    Adjusted,
}

/// <summary>The double entry of each kind of line, as data (RULES R22).</summary>
public static class PostingRules
{
    private static readonly FrozenDictionary<PostingKind, (LedgerAccount Debit, LedgerAccount Credit)> Rules =
        new Dictionary<PostingKind, (LedgerAccount, LedgerAccount)>
        {
            [PostingKind.Earned] = (LedgerAccount.CommissionExpense, LedgerAccount.PayableUnreleased),
            [PostingKind.EarnedCapitalised] = (LedgerAccount.ContractCostAsset, LedgerAccount.PayableUnreleased),
            [PostingKind.Released] = (LedgerAccount.PayableUnreleased, LedgerAccount.PayableDue),
            [PostingKind.Held] = (LedgerAccount.PayableDue, LedgerAccount.HoldbackPayable),
            [PostingKind.HoldbackReleased] = (LedgerAccount.HoldbackPayable, LedgerAccount.PayableDue),
            [PostingKind.HoldbackForfeited] = (LedgerAccount.HoldbackPayable, LedgerAccount.CommissionExpense),
            [PostingKind.UnreleasedCancelled] = (LedgerAccount.PayableUnreleased, LedgerAccount.CommissionExpense),
            [PostingKind.UnreleasedCancelledCapitalised] = (LedgerAccount.PayableUnreleased, LedgerAccount.ContractCostAsset),
            [PostingKind.DrawToppedUp] = (LedgerAccount.DrawReceivable, LedgerAccount.PayableDue),
            [PostingKind.GuaranteePaid] = (LedgerAccount.GuaranteeExpense, LedgerAccount.PayableDue),
            [PostingKind.DrawRecovered] = (LedgerAccount.PayableDue, LedgerAccount.DrawReceivable),
            [PostingKind.DrawForgiven] = (LedgerAccount.DrawForgivenessExpense, LedgerAccount.DrawReceivable),
            [PostingKind.ClawedBack] = (LedgerAccount.ClawbackReceivable, LedgerAccount.CommissionExpense),
            [PostingKind.ClawedBackCapitalised] = (LedgerAccount.ClawbackReceivable, LedgerAccount.ContractCostAsset),
            [PostingKind.Overdrawn] = (LedgerAccount.ClawbackReceivable, LedgerAccount.PayableDue),
            [PostingKind.ClawbackNetted] = (LedgerAccount.PayableDue, LedgerAccount.ClawbackReceivable),
            [PostingKind.Paid] = (LedgerAccount.PayableDue, LedgerAccount.PayrollClearing),
            [PostingKind.Amortised] = (LedgerAccount.AmortisationExpense, LedgerAccount.ContractCostAsset),
            [PostingKind.Impaired] = (LedgerAccount.ImpairmentLoss, LedgerAccount.ContractCostAsset),
            [PostingKind.WrittenOff] = (LedgerAccount.ImpairmentLoss, LedgerAccount.ContractCostAsset),
            [PostingKind.FxDifference] = (LedgerAccount.FxGainOrLoss, LedgerAccount.PayableDue),
            [PostingKind.Adjusted] = (LedgerAccount.CommissionExpense, LedgerAccount.PayableDue),
        }.ToFrozenDictionary();

    /// <summary>The two postings of an amount; of a negative one they are mirrored.</summary>
    /// <param name="amount">In units of the currency, already rounded.</param>
    public static ValueList<Posting> Of(PostingKind kind, decimal amount)
    {
        var (debit, credit) = Rules[kind];
        return [new(debit, amount), new(credit, -amount)];
    }
}
