using SalesOps.Domain.Ledger;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Ledger;

public sealed class ClosePeriodTests
{
    private static readonly Period March = Period.MonthOf(new(2026, 3, 1));
    private static readonly AccountingPeriod Open = AccountingPeriod.Decider.Initial;
    private static readonly AccountingPeriod Closed = new(PeriodStatus.Sealed, null);
    private static readonly Books Begun = new("2026-01");

    private static readonly PeriodEvent.Sealed Seal =
        new([new(LedgerAccount.CommissionExpense, Usd(5), Usd(0)), new(LedgerAccount.PayableDue, Usd(0), Usd(5))], 7, 1, "00ff");

    [Fact]
    public void A_period_is_closed_and_then_sealed_once() => Spec.For(AccountingPeriod.Decider)
        .When(Day(1), state => ClosePeriod.Decide(state, March, Closed, Begun, null)).Then(new PeriodEvent.Closing())
        .When(Day(2), state => ClosePeriod.Seal(state, Seal)).NotIdempotent().Then(Seal)
        .When(Day(3), state => ClosePeriod.Decide(state, March, Closed, Begun, null)).Refused("period-closed");

    [Fact]
    public void Periods_are_closed_in_order()
    {
        Refused("period-out-of-order", state => ClosePeriod.Decide(state, March, Open, Begun, null));
        Refused("period-out-of-order", state => ClosePeriod.Decide(state, March, Open, new("2026-04"), null));
        Refused("period-out-of-order", state => ClosePeriod.Decide(state, March, Open, new(FirstPeriod: null), new(2026, 2, 1)));

        // The first close may begin anywhere up to the first postings.
        Spec.For(AccountingPeriod.Decider)
            .When(Day(1), state => ClosePeriod.Decide(state, March, Open, new(FirstPeriod: null), new(2026, 3, 1)))
            .Then(new PeriodEvent.Closing());
    }

    [Fact]
    public void A_seal_needs_a_close_and_totals_that_balance()
    {
        Refused("period-closed", state => ClosePeriod.Seal(state, Seal));
        Spec.For(AccountingPeriod.Decider).Given((Day(1), new PeriodEvent.Closing()))
            .When(Day(2), state => ClosePeriod.Seal(state, Seal with { Totals = [Seal.Totals[0]] })).Refused("period-unbalanced");
    }

    [Fact]
    public void The_books_begin_with_the_first_close() => Spec.For(Books.Decider)
        .When(Day(1), state => ClosePeriod.Begin(state, March)).Then(new BooksEvent.Begun("2026-03"))
        .When(Day(2), state => ClosePeriod.Begin(state, Period.MonthOf(new(2026, 4, 1)))).Nothing();

    [Fact]
    public void What_is_about_a_closed_month_is_posted_in_the_first_open_one()
    {
        var calendar = new PostingCalendar(new DateOnly(2026, 4, 1));
        Assert.Equal("2026-04", calendar.PeriodFor(new(2026, 1, 20)).MonthKey);
        Assert.Equal("2026-05", calendar.PeriodFor(new(2026, 5, 20)).MonthKey);
        Assert.Equal("2026-01", new PostingCalendar(null).PeriodFor(new(2026, 1, 20)).MonthKey);
    }

    private static void Refused(string code, Func<AccountingPeriod, Decision<PeriodEvent>> decide) =>
        Spec.For(AccountingPeriod.Decider).When(Day(1), decide).Refused(code);
}
