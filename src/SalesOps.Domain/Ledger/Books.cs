using System.Globalization;

namespace SalesOps.Domain.Ledger;

/// <summary>What happened to the books of a tenant: the stream <c>books/ledger</c>.</summary>
public abstract record BooksEvent
{
    private BooksEvent()
    {
    }

    /// <summary>With the first close: everything before that month is closed with it.</summary>
    public sealed record Begun(string FirstPeriod) : BooksEvent;
}

/// <summary>From which month on periods are closed one by one.</summary>
public sealed record Books(string? FirstPeriod)
{
    public const string Id = "ledger";

    public static Decider<Books, BooksEvent> Decider { get; } = new(new Books(FirstPeriod: null), Evolve, (_, _) => null);

    private static Books Evolve(Books state, Fact<BooksEvent> fact) => fact.Event switch
    {
        BooksEvent.Begun e => new(e.FirstPeriod),
        _ => state,
    };
}

/// <summary>Into which month something is posted: its own while that is open, else the first that is (RULES R19).</summary>
/// <param name="FirstOpen">The first day of the month after the last closed one; null before the first close.</param>
public readonly record struct PostingCalendar(DateOnly? FirstOpen)
{
    /// <summary>The month for what is about the month of a date.</summary>
    public Period PeriodFor(DateOnly origin) =>
        Period.MonthOf(FirstOpen is { } open && origin < open ? open : origin);

    /// <summary>The date in the books of what counts from a date: itself, or the first day that is open.</summary>
    public DateOnly DateFor(DateOnly on) => FirstOpen is { } open && on < open ? open : on;
}

/// <summary>Begins to close a month.</summary>
public static class ClosePeriod
{
    /// <summary>Periods are closed in order and once: the month before must be closed, unless none ever was.</summary>
    /// <param name="before">The month before it.</param>
    /// <param name="earliestPosted">The first month that anything was posted in, if anything was.</param>
    public static Decision<PeriodEvent> Decide(
        AccountingPeriod state, Period month, AccountingPeriod before, Books books, DateOnly? earliestPosted) => state.Status switch
        {
            PeriodStatus.Sealed => Closed(),
            PeriodStatus.Closing => Decision<PeriodEvent>.Nothing,
            _ when books.FirstPeriod is { } first && string.CompareOrdinal(month.MonthKey, first) < 0 => OutOfOrder(
                $"It lies before {first}, with which the books began."),
            _ when books.FirstPeriod is not null && before.Status == PeriodStatus.Open => OutOfOrder(
                $"The month before it, {Before(month).MonthKey}, is still open."),
            _ when books.FirstPeriod is null && earliestPosted < month.From => OutOfOrder(
                $"The first month with postings, {Period.MonthOf(earliestPosted.Value).MonthKey}, is still open."),
            _ => Decision<PeriodEvent>.Accept(new PeriodEvent.Closing()),
        };

    /// <summary>The first close begins the books.</summary>
    public static Decision<BooksEvent> Begin(Books state, Period month) => state.FirstPeriod is null
        ? Decision<BooksEvent>.Accept(new BooksEvent.Begun(month.MonthKey))
        : Decision<BooksEvent>.Nothing;

    /// <summary>Writes down what a month that is being closed came to.</summary>
    public static Decision<PeriodEvent> Seal(AccountingPeriod state, PeriodEvent.Sealed seal) => state.Status switch
    {
        PeriodStatus.Closing when seal.Totals.GroupBy(total => total.Debit.Currency)
            .FirstOrDefault(same => same.Sum(total => total.Debit.Amount - total.Credit.Amount) != 0) is { } uneven =>
            Rejection.Conflict("period-unbalanced", $"The totals in {uneven.Key} do not balance."),
        PeriodStatus.Closing => Decision<PeriodEvent>.Accept(seal),
        _ => Closed(),
    };

    public static Period Before(Period month) => Period.MonthOf(month.From.AddDays(-1));

    internal static Rejection Closed() => Rejection.Conflict("period-closed", "The period is closed; it is not closed twice.");

    private static Rejection OutOfOrder(string why) => Rejection.Conflict(
        "period-out-of-order", string.Create(CultureInfo.InvariantCulture, $"Periods are closed in order. {why}"));
}
