using SalesOps.Domain.Accounts;
using SalesOps.Domain.Audit;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Ledger;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Quotas;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Domain.Tests.Audit;

/// <summary>Each pattern in the smallest log that has it, and beside it one that hasn't.</summary>
public sealed class FraudPatternTests
{
    private static readonly DealEvent Opened = new DealEvent.Opened(
        "D", Pipeline.DefaultId, new("proposal"), OwnerId: new("ann"), ExpectedClose: new(2026, 6, 30));

    private static readonly DealEvent Won = new DealEvent.Won(new(2026, 3, 31));

    [Fact]
    public void A_close_that_is_dated_back_into_another_month()
    {
        Found("BackDatedClose 1", At("2026-04-07", "deal/1", Won));
        Found("", At("2026-04-02", "deal/1", Won));
        Found("", At("2026-03-31", "deal/1", Won));
    }

    [Fact]
    public void Shares_that_change_after_the_win()
    {
        DealEvent splits = new DealEvent.SplitsChanged([new(new("bob"), 100, SplitKind.Revenue)]);
        Found(
            "SplitEditedAfterClose 2,3", At("2026-03-01", "deal/1", Opened), At("2026-03-31", "deal/1", Won),
            At("2026-04-01", "deal/1", splits));
        Found("", At("2026-03-01", "deal/1", Opened), At("2026-03-30", "deal/1", splits), At("2026-03-31", "deal/1", Won));
        Found("", At("2026-03-31", "deal/1", Won), At("2026-04-01", "deal/2", splits));
        Found("SelfApproval 1", At("2026-03-01", "deal/1", splits, actor: "bob"));
    }

    [Fact]
    public void A_close_that_is_pulled_in_and_then_cancelled()
    {
        DealEvent pulledIn = new DealEvent.CloseDateChanged(new(2026, 3, 31));
        DealEvent reopened = new DealEvent.Reopened("no");
        Found(
            "PullInThenCancellation 2,3,4", At("2026-03-01", "deal/1", Opened), At("2026-03-20", "deal/1", pulledIn),
            At("2026-03-31", "deal/1", Won), At("2026-04-20", "deal/1", reopened));
        Found(
            "PullInThenCancellation 2,3,4", At("2026-03-01", "deal/1", Opened), At("2026-03-20", "deal/1", pulledIn),
            At("2026-03-31", "deal/1", Won), At("2026-04-20", "deal/1", new FactVoided(), voids: 3));
        Found(
            "", At("2026-03-01", "deal/1", Opened), At("2026-03-20", "deal/1", pulledIn),
            At("2026-03-31", "deal/1", Won), At("2026-09-20", "deal/1", reopened));
    }

    [Fact]
    public void A_quota_that_is_changed_when_its_period_ends()
    {
        QuotaEvent assigned = new QuotaEvent.Assigned(new(
            new(QuotaHolderKind.Rep, "ann"), "2026-Q1", Measure.Bookings, new(100, "EUR"), Proration.CalendarDays,
            null, null, null, null, null));
        QuotaEvent relieved = new QuotaEvent.Relieved(new(10, "EUR"), "x");
        Found("QuotaEditedNearPayOut 1,2", At("2026-01-01", "quota/1", assigned), At("2026-03-25", "quota/1", relieved));
        Found("", At("2026-01-01", "quota/1", assigned), At("2026-02-25", "quota/1", relieved));
        Found("SelfApproval 1,2", At("2026-01-01", "quota/1", assigned), At("2026-02-25", "quota/1", relieved, actor: "ann"));
    }

    [Fact]
    public void Two_accounts_of_one_customer()
    {
        Found(
            "DuplicateCustomer 1,2", At("2026-01-01", "account/1", Named("ACME Corp.")),
            At("2026-02-01", "account/2", Named("Acme Corporation")));
        Found("", At("2026-01-01", "account/1", Named("Acme")), At("2026-02-01", "account/2", Named("Acme Tools")));

        static AccountEvent Named(string name) => new AccountEvent.Registered(new(name));
    }

    [Fact]
    public void A_deal_that_goes_to_another_owner_and_comes_back()
    {
        var toBob = new DealEvent.OwnerChanged(new("bob"));
        var toAnn = new DealEvent.OwnerChanged(new("ann"));
        Found(
            "RoundTripOfOwners 2,3", At("2026-03-01", "deal/1", Opened), At("2026-03-05", "deal/1", toBob),
            At("2026-03-20", "deal/1", toAnn));
        Found("", At("2026-03-01", "deal/1", Opened), At("2026-03-05", "deal/1", toBob), At("2026-08-20", "deal/1", toAnn));
    }

    [Fact]
    public void Shares_that_change_after_the_month_was_closed()
    {
        DealEvent splits = new DealEvent.SplitsChanged([new(new("bob"), 100, SplitKind.Revenue)]);
        Found(
            "SplitEditedAfterClose 1,2,3", At("2026-03-31", "deal/1", Won),
            At("2026-04-03", "period/2026-03", new PeriodEvent.Closing()), At("2026-04-05", "deal/1", splits));
        Found(
            "SplitEditedAfterClose 1,3", At("2026-03-31", "deal/1", Won),
            At("2026-04-03", "period/2026-02", new PeriodEvent.Closing()), At("2026-04-05", "deal/1", splits));
    }

    [Fact]
    public void Pay_that_somebody_approves_or_asks_for_themselves()
    {
        Found("SelfApproval 1,2", Asks("2026-01-01", "payout/1", "bob", "eve"), Says("2026-01-02", "payout/1", "eve"));
        Found("SelfApproval 1,2", Asks("2026-01-01", "payout/1", "bob", "eve"), Says("2026-01-02", "payout/1", "bob"));
        Found("SelfApproval 1", Asks("2026-01-01", "adjustment/1", "bob", "bob"));
        // Who is in dispute asks for themselves, and somebody else approves.
        Found("", Asks("2026-01-01", "dispute/1", "bob", "bob"), Says("2026-01-02", "dispute/1", "eve"));
        Found("", Asks("2026-01-01", "payout/1", "bob", "eve"), Says("2026-01-02", "payout/1", "ada"));
    }

    [Fact]
    public void Two_who_approve_each_others_requests()
    {
        var first = Asks("2026-01-01", "payout/1", "x", "ada");
        Found(
            "MutualApproval 2,3,4", first, Says("2026-01-02", "payout/1", "eve"), Asks("2026-01-03", "payout/2", "y", "eve"),
            Says("2026-01-04", "payout/2", "ada"));
        Found(
            "", first, Says("2026-01-02", "payout/1", "eve"), Asks("2026-01-03", "payout/2", "y", "eve"),
            Says("2026-01-04", "payout/2", "tom"));
        Found(
            "", first, Says("2026-01-02", "payout/1", "eve"), Asks("2026-06-03", "payout/2", "y", "eve"),
            Says("2026-06-04", "payout/2", "ada"));
    }

    [Fact]
    public void Pay_or_a_quota_that_is_changed_just_before_a_payout()
    {
        Found(
            "AdjustedNearPayOut 2,3", Asks("2026-01-01", "adjustment/1", "bob", "eve"), Says("2026-01-02", "adjustment/1", "ada"),
            Asks("2026-01-05", "payout/1", "bob", "eve"));
        Found(
            "", Asks("2026-01-01", "adjustment/1", "bob", "eve"), Says("2026-01-02", "adjustment/1", "ada"),
            Asks("2026-01-05", "payout/1", "tom", "eve"));
        Found(
            "", Asks("2026-01-01", "adjustment/1", "bob", "eve"), Says("2026-01-02", "adjustment/1", "ada"),
            Asks("2026-03-05", "payout/1", "bob", "eve"));
        QuotaEvent assigned = new QuotaEvent.Assigned(new(
            new(QuotaHolderKind.Rep, "bob"), "2026", Measure.Bookings, new(100, "EUR"), Proration.CalendarDays,
            null, null, null, null, null));
        QuotaEvent lowered = new QuotaEvent.AmountChanged(new(50, "EUR"));
        Found(
            "QuotaEditedNearPayOut 2,3", At("2026-01-01", "quota/1", assigned), At("2026-03-01", "quota/1", lowered),
            Asks("2026-03-05", "payout/1", "bob", "eve"));
        Found(
            "", At("2026-01-01", "quota/1", assigned), At("2026-03-01", "quota/1", lowered),
            Asks("2026-05-05", "payout/1", "bob", "eve"));
    }

    private static (DateTimeOffset At, string Stream, object Event, string Actor, long? Voids) Asks(
        string date, string id, string rep, string by) => At(
        date, $"approval/{id}", new ApprovalEvent.Requested(new(rep), "2026-01", new(2026, 1, 31), "r", by, new(10, "EUR")), by);

    private static (DateTimeOffset At, string Stream, object Event, string Actor, long? Voids) Says(string date, string id, string by) =>
        At(date, $"approval/{id}", new ApprovalEvent.Approved(by), by);

    private static (DateTimeOffset At, string Stream, object Event, string Actor, long? Voids) At(
        string date, string stream, object @event, string actor = "ops", long? voids = null) =>
        (new(DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero), stream, @event, actor, voids);

    private static void Found(string expected, params (DateTimeOffset At, string Stream, object Event, string Actor, long? Voids)[] log)
    {
        var patterns = new FraudPatterns();
        var found = log.SelectMany((entry, index) => patterns.Follow(new(
            index + 1, entry.Stream, entry.Actor, entry.At, new(Spec.FactId(index + 1), index + 1, entry.At, entry.At, entry.Event)
            {
                Voids = entry.Voids is { } voided ? [Spec.FactId(voided)] : [],
            })).ToArray());
        Assert.Equal(expected, string.Join(
            ' ', found.Select(finding => $"{finding.Pattern} {string.Join(',', finding.Evidence.Select(item => item.Position))}")));
    }
}
