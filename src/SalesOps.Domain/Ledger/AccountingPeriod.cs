namespace SalesOps.Domain.Ledger;

/// <summary>What an account came to in a period, over all reps.</summary>
/// <param name="Debit">The sum of its debits.</param>
/// <param name="Credit">The sum of its credits, as a positive amount.</param>
public sealed record AccountTotal(LedgerAccount Account, Money Debit, Money Credit);

/// <summary>What happened to a period of the books: the stream <c>period/&lt;month&gt;</c>.</summary>
public abstract record PeriodEvent
{
    private PeriodEvent()
    {
    }

    /// <summary>From here on nothing is posted in the period: whoever posts guards this stream.</summary>
    public sealed record Closing : PeriodEvent;

    /// <summary>The period as it stands for ever.</summary>
    /// <param name="Position">The last position of the log that is in the totals.</param>
    /// <param name="Block">The block of the hash chain that seals that position.</param>
    /// <param name="BlockHash">In hexadecimal digits.</param>
    public sealed record Sealed(ValueList<AccountTotal> Totals, long Position, long Block, string BlockHash) : PeriodEvent;
}

public enum PeriodStatus
{
    Open,

    /// <summary>Nothing is posted any more; the totals are still to be written down.</summary>
    Closing,
    Sealed,
}

/// <summary>A month of the books at one instant.</summary>
public sealed record AccountingPeriod(PeriodStatus Status, PeriodEvent.Sealed? Seal)
{
    public static Decider<AccountingPeriod, PeriodEvent> Decider { get; } =
        new(new AccountingPeriod(PeriodStatus.Open, null), Evolve, Admit);

    private static AccountingPeriod Evolve(AccountingPeriod state, Fact<PeriodEvent> fact) => fact.Event switch
    {
        PeriodEvent.Closing => state with { Status = PeriodStatus.Closing },
        PeriodEvent.Sealed e => new(PeriodStatus.Sealed, e),
        _ => state,
    };

    private static Rejection? Admit(AccountingPeriod state, PeriodEvent @event) => (@event, state.Status) switch
    {
        (PeriodEvent.Closing, PeriodStatus.Open) or (PeriodEvent.Sealed, PeriodStatus.Closing) => null,
        _ => ClosePeriod.Closed(),
    };
}
