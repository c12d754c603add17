namespace SalesOps.Domain.Ledger;

/// <summary>The accounts of the compensation ledger (RULES R22).</summary>
public enum LedgerAccount
{
    CommissionExpense,

    /// <summary>Commission that is capitalised as the cost of a contract.</summary>
    ContractCostAsset,

    /// <summary>Earned and not due yet: cash or a date is waited for.</summary>
    PayableUnreleased,

    /// <summary>Due to the rep.</summary>
    PayableDue,

    /// <summary>Held back until a date or an event.</summary>
    HoldbackPayable,

    /// <summary>Draws that later earnings are to pay back.</summary>
    DrawReceivable,

    /// <summary>Draws that nobody pays back.</summary>
    GuaranteeExpense,
    DrawForgivenessExpense,

    /// <summary>Pay of cancelled deals that later pay is to make good.</summary>
    ClawbackReceivable,

    /// <summary>Handed to payroll.</summary>
    PayrollClearing,
    AmortisationExpense,
    ImpairmentLoss,
    FxGainOrLoss,
}

/// <summary>What kind of account it is: on which side of the books it stands.</summary>
public enum AccountClass
{
    Assets,
    Liabilities,
    Expenses,
}

/// <summary>The chart of accounts.</summary>
public static class ChartOfAccounts
{
    /// <summary>Every account, in the order of the reports.</summary>
    public static IReadOnlyList<LedgerAccount> All { get; } = Enum.GetValues<LedgerAccount>();

    public static AccountClass ClassOf(LedgerAccount account) => account switch
    {
        LedgerAccount.ContractCostAsset or LedgerAccount.DrawReceivable or LedgerAccount.ClawbackReceivable => AccountClass.Assets,
        LedgerAccount.PayableUnreleased or LedgerAccount.PayableDue or LedgerAccount.HoldbackPayable
            or LedgerAccount.PayrollClearing => AccountClass.Liabilities,
        _ => AccountClass.Expenses,
    };
}
