using System.Globalization;

namespace SalesOps.Domain.Ledger;

/// <summary>What was posted for one rep and one origin period.</summary>
/// <param name="Journals">In the order recorded.</param>
public sealed record RepLedger(ValueList<LedgerEvent.JournalPosted> Journals)
{
    public static Decider<RepLedger, LedgerEvent> Decider { get; } = new(new RepLedger([]), Evolve, Admit);

    /// <summary>The lines that the calculation has posted.</summary>
    public IEnumerable<JournalLine> Calculated => Journals
        .Where(journal => journal.Source == JournalSource.Calculation).SelectMany(journal => journal.Lines);

    /// <summary>The id of a ledger within its category.</summary>
    public static string IdOf(RepId rep, string originPeriod) => $"{rep}/{originPeriod}";

    /// <summary>Records a journal as it stands, if it may.</summary>
    public static Decision<LedgerEvent> Post(RepLedger state, LedgerEvent.JournalPosted journal) =>
        Admit(state, journal) is { } refusal ? refusal : Decision<LedgerEvent>.Accept(journal);

    private static RepLedger Evolve(RepLedger state, Fact<LedgerEvent> fact) => fact.Event switch
    {
        LedgerEvent.JournalPosted e => new([.. state.Journals, e]),
        _ => state,
    };

    private static Rejection? Admit(RepLedger state, LedgerEvent @event) => @event switch
    {
        LedgerEvent.JournalPosted e => JournalRules.Check(e),
        _ => null,
    };
}

/// <summary>What every journal must be, however it came about.</summary>
public static class JournalRules
{
    /// <summary>Why a journal can't be posted; null where it can: it balances by line and currency and lies in its period.</summary>
    public static Rejection? Check(LedgerEvent.JournalPosted journal)
    {
        if (journal.Lines is [])
        {
            return Rejection.Invalid("journal-empty", "A journal has lines.", "/lines");
        }

        if (Period.Find(journal.Period) is not { } period || Period.Find(journal.OriginPeriod) is not { } origin
            || !period.Contains(journal.PostedOn) || period.From < origin.From)
        {
            return Rejection.Invalid(
                "journal-outside-period", "A journal is dated in its period, which is not before its origin.", "/postedOn");
        }

        foreach (var (index, line) in journal.Lines.Index())
        {
            if (!line.Amount.IsExact || line.Postings.Any(posting => !(line.Amount with { Amount = posting.Amount }).IsExact))
            {
                return Rejection.Invalid(
                    "journal-not-rounded", $"{line.Amount.Currency} has fewer decimals than that.", PointerOf(index));
            }

            if (line.Postings.Sum(posting => posting.Amount) != 0)
            {
                return Rejection.Invalid("journal-unbalanced", "Debits and credits differ.", PointerOf(index));
            }
        }

        return null;

        static string PointerOf(int line) => string.Create(CultureInfo.InvariantCulture, $"/lines/{line}");
    }
}
