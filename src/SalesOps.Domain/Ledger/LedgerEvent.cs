namespace SalesOps.Domain.Ledger;

/// <summary>Where a journal comes from.</summary>
public enum JournalSource
{
    /// <summary>By the plans: what the calculation comes to, less what was posted of it.</summary>
    Calculation,
    Adjustment,
    Payout,
    Dispute,
}

/// <summary>What happened to the ledger of one rep for one origin period: the stream <c>ledger/&lt;rep&gt;/&lt;period&gt;</c>.</summary>
public abstract record LedgerEvent
{
    private LedgerEvent()
    {
    }

    /// <summary>A journal; never edited, only followed by another.</summary>
    /// <param name="Period">The month that it is posted in, such as <c>2026-03</c>.</param>
    /// <param name="OriginPeriod">The month that it is about.</param>
    /// <param name="PostedOn">A date in <paramref name="Period"/>: that in the books of lines that count from before it.</param>
    /// <param name="CauseEventId">The event that gave rise to it, or to the last of its lines; absent where time did.</param>
    /// <param name="Engine">The version of the calculation; absent for what was entered by hand.</param>
    public sealed record JournalPosted(
        JournalSource Source,
        RepId RepId,
        string Period,
        string OriginPeriod,
        DateOnly PostedOn,
        ValueList<JournalLine> Lines,
        string? CauseEventId = null,
        string? Engine = null) : LedgerEvent
    {
        /// <summary>The date in the books of a line: its own where that lies in the period.</summary>
        public DateOnly DateOf(JournalLine line) =>
            Domain.Period.Find(Period)?.Contains(line.On) == true ? line.On : PostedOn;
    }
}
