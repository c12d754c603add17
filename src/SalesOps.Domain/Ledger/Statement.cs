namespace SalesOps.Domain.Ledger;

/// <summary>A line of a journal as it stands in the books.</summary>
/// <param name="Id">The event's id and the line's place in it.</param>
/// <param name="Position">Of the journal in the log.</param>
/// <param name="PostedOn">Its date in the books.</param>
/// <param name="OriginPeriod">The month that it is about.</param>
public sealed record PostedLine(
    string Id,
    long Position,
    RepId RepId,
    JournalSource Source,
    DateOnly PostedOn,
    string OriginPeriod,
    JournalLine Line,
    string? CauseEventId = null,
    string? Engine = null)
{
    /// <summary>The lines of a recorded journal.</summary>
    public static IEnumerable<PostedLine> Of(Guid eventId, long position, LedgerEvent.JournalPosted journal) =>
        journal.Lines.Select((line, index) => new PostedLine(
            IdOf(eventId, index), position, journal.RepId, journal.Source, journal.DateOf(line), journal.OriginPeriod, line,
            line.CauseEventId ?? journal.CauseEventId, journal.Engine));

    public static string IdOf(Guid eventId, int line) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{eventId}.{line}");
}

/// <summary>What the books owe a rep, or a rep owes, at one instant; every amount in one currency.</summary>
/// <param name="Due">Payable now.</param>
/// <param name="Unreleased">Earned, and waiting for cash or a date.</param>
/// <param name="Held">Held back.</param>
/// <param name="Draw">Owed by the rep from draws.</param>
/// <param name="Clawback">Owed by the rep from cancelled deals.</param>
public sealed record Balances(decimal Due, decimal Unreleased, decimal Held, decimal Draw, decimal Clawback)
{
    /// <summary>By the sums of the accounts, debits positive.</summary>
    public static Balances Of(IReadOnlyDictionary<LedgerAccount, decimal> sums) => new(
        -sums.GetValueOrDefault(LedgerAccount.PayableDue),
        -sums.GetValueOrDefault(LedgerAccount.PayableUnreleased),
        -sums.GetValueOrDefault(LedgerAccount.HoldbackPayable),
        sums.GetValueOrDefault(LedgerAccount.DrawReceivable),
        sums.GetValueOrDefault(LedgerAccount.ClawbackReceivable));
}

/// <summary>A rep's statement in one currency, a fold of what was posted.</summary>
/// <param name="Earned">Before draw, holdback and clawback; less what lapsed unpaid with a cancelled deal.</param>
/// <param name="Held">Held back.</param>
/// <param name="Released">Holdback that became due.</param>
/// <param name="Clawback">Taken back of what had become due.</param>
/// <param name="DrawTopUp">Paid above what was earned.</param>
/// <param name="DrawRecovered">Of earlier draws.</param>
/// <param name="Adjusted">By hand.</param>
/// <param name="Payable">What became due after all of it: the movement of the payable, before payouts.</param>
/// <param name="PaidOut">Handed to payroll.</param>
public sealed record Statement(
    string Currency,
    decimal Earned,
    decimal Held,
    decimal Released,
    decimal Clawback,
    decimal DrawTopUp,
    decimal DrawRecovered,
    decimal Adjusted,
    decimal Payable,
    decimal PaidOut,
    Balances Opening,
    Balances Closing)
{
    /// <param name="lines">The lines of the period in the currency.</param>
    /// <param name="opening">The sums of the accounts before it, debits positive.</param>
    public static Statement Of(
        string currency, IReadOnlyList<PostedLine> lines, IReadOnlyDictionary<LedgerAccount, decimal> opening)
    {
        var closing = new Dictionary<LedgerAccount, decimal>(opening);
        foreach (var posting in lines.SelectMany(line => line.Line.Postings))
        {
            closing[posting.Account] = closing.GetValueOrDefault(posting.Account) + posting.Amount;
        }

        var (before, after) = (Balances.Of(opening), Balances.Of(closing));
        var paidOut = SumOf(PostingKind.Paid);
        return new(
            currency,
            SumOf(PostingKind.Earned) + SumOf(PostingKind.EarnedCapitalised)
                - SumOf(PostingKind.UnreleasedCancelled) - SumOf(PostingKind.UnreleasedCancelledCapitalised)
                - SumOf(PostingKind.HoldbackForfeited),
            SumOf(PostingKind.Held),
            SumOf(PostingKind.HoldbackReleased),
            SumOf(PostingKind.ClawedBack) + SumOf(PostingKind.ClawedBackCapitalised),
            SumOf(PostingKind.DrawToppedUp) + SumOf(PostingKind.GuaranteePaid),
            SumOf(PostingKind.DrawRecovered),
            SumOf(PostingKind.Adjusted),
            after.Due - before.Due + paidOut,
            paidOut,
            before,
            after);

        decimal SumOf(PostingKind kind) => lines.Where(line => line.Line.Kind == kind).Sum(line => line.Line.Amount.Amount);
    }

    /// <summary>Whether a line is pay as the plan reckons it, and not a movement of it between accounts.</summary>
    public static bool IsPay(PostingKind kind) => kind
        is PostingKind.Earned or PostingKind.EarnedCapitalised or PostingKind.ClawedBack or PostingKind.ClawedBackCapitalised
        or PostingKind.Adjusted || IsLapse(kind);

    /// <summary>Whether a line takes back what was earned and never paid.</summary>
    public static bool IsLapse(PostingKind kind) => kind
        is PostingKind.UnreleasedCancelled or PostingKind.UnreleasedCancelledCapitalised or PostingKind.HoldbackForfeited;
}
