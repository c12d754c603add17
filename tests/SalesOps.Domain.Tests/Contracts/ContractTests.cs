using SalesOps.Domain.Contracts;
using Xunit;
using static SalesOps.Domain.Tests.Contracts.Story;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Contracts;

public sealed class ContractTests
{
    private static readonly Term Year = new(new(2024, 1, 1), new(2024, 12, 31));

    [Fact]
    public void A_term_that_ends_on_31_December_with_60_days_has_its_deadline_on_1_November()
    {
        var story = Signed(At(2024, 2, 1));
        Assert.Equal(new(2024, 11, 1), story.On(2024, 2, 1).NoticeDeadline);
        Assert.Null(story.Do(At(2024, 11, 1), At(2024, 11, 1), Notice(new(2024, 11, 1))));
        Assert.Equal("notice-after-deadline", Signed(At(2024, 2, 1)).Do(At(2024, 11, 2), At(2024, 11, 2), Notice(new(2024, 11, 2)))?.Code);
    }

    [Fact]
    public void Without_notice_it_renews_by_itself_at_the_escalated_price_however_long_nobody_looked()
    {
        var story = Signed(At(2024, 2, 1), escalator: new(EscalatorKind.Percent, 3));
        Assert.True(story.Tick(At(2027, 6, 1)));
        Assert.False(story.Tick(At(2027, 6, 1)));
        Assert.Equal(ContractStatus.InNoticeWindow, story.On(2024, 11, 15).Status);
        Assert.Equal((ContractStatus.Active, new DateOnly(2025, 12, 31)), (story.On(2025, 1, 1).Status, story.On(2025, 1, 1).Term!.End));
        Assert.Equal([Usd(1000), Usd(1030), Usd(1060.90m), Usd(1092.73m)], story.On(2027, 6, 1).Terms.Select(term => term.Value));
        Assert.Equal(92.73m, decimal.Round(story.On(2027, 6, 1).Escalated, 2));
        Assert.All(story.On(2027, 6, 1).Terms.Skip(1), term => Assert.Equal(TermSource.Auto, term.Source));
    }

    [Fact]
    public void A_notice_that_is_learned_late_takes_back_the_renewals_that_it_came_before()
    {
        var story = Signed(At(2024, 2, 1));
        story.Tick(At(2026, 6, 1));
        Assert.Null(story.Do(At(2026, 6, 2), At(2024, 10, 20), Notice(new(2024, 10, 20)))?.Code);
        Assert.Equal(ContractStatus.Expired, story.On(2025, 1, 1).Status);
        Assert.Equal(ContractStatus.Expired, story.On(2026, 6, 2).Status);
        Assert.Single(story.On(2026, 6, 2).Terms);
        Assert.False(story.Tick(At(2026, 6, 3)));
        Assert.Equal(ContractStatus.Active, story.Timeline.AsOf(At(2025, 6, 1), At(2026, 6, 1)).Status);
    }

    [Fact]
    public void Performance_after_the_end_is_holdover()
    {
        var story = Signed(At(2024, 2, 1), autoRenew: false);
        story.Tick(At(2025, 1, 1));
        Assert.Equal(ContractStatus.Expired, story.On(2025, 1, 1).Status);
        Assert.Null(story.Do(At(2025, 3, 1), At(2025, 2, 1), state => BillContract.Decide(
            state, new ContractEvent.Invoiced(new("i"), new(2025, 2, 1), Usd(10)))));
        Assert.Equal(ContractStatus.Holdover, story.On(2025, 2, 1).Status);
        Assert.Equal(["holdover-terms-presumed"], LegalPosition.ForCounsel(story.On(2025, 2, 1)));
        Assert.Empty(LegalPosition.ForCounsel(story.On(2024, 6, 1)));
    }

    [Fact]
    public void A_terminated_contract_is_not_renewed()
    {
        var story = Signed(At(2024, 2, 1));
        Assert.Null(story.Do(At(2024, 6, 1), At(2024, 6, 1), state => TerminateContract.Decide(state, new(new(2024, 6, 1), "price"))));
        Assert.Equal("contract-terminated", story.Do(At(2024, 7, 1), At(2025, 1, 1), Renew(new(2025, 1, 1), null))?.Code);
        Assert.False(story.Tick(At(2030, 1, 1)));
        Assert.Equal(ContractStatus.Terminated, story.On(2030, 1, 1).Status);
    }

    [Fact]
    public void Terms_do_not_overlap()
    {
        var story = Signed(At(2024, 2, 1));
        Assert.Equal("term-overlaps", story.Do(At(2024, 6, 1), At(2024, 12, 31), Renew(new(2024, 12, 31), null))?.Code);
        Assert.Null(story.Do(At(2024, 6, 1), At(2025, 1, 1), Renew(new(2025, 1, 1), new(2025, 6, 30))));
        Assert.Equal(new Term(new(2025, 1, 1), new(2025, 6, 30)), story.On(2025, 1, 1).Term);
        Assert.Equal(
            "contradicts-later-fact",
            story.Do(At(2024, 6, 1), At(2024, 5, 1), state => AmendContract.Decide(
                state, new(new(2024, 5, 1), [], TermEnd: new(2025, 1, 31))))?.Code);
    }

    [Fact]
    public void A_payment_is_not_larger_than_what_is_open()
    {
        var story = Signed(At(2024, 2, 1));
        Assert.Null(Book(new ContractEvent.Invoiced(new("i"), new(2024, 2, 1), Usd(100))));
        Assert.Equal(
            "payment-exceeds-open",
            Book(new ContractEvent.PaymentReceived(new("p"), new(2024, 2, 2), Usd(100.01m), new("i")))?.Code);
        Assert.Null(Book(new ContractEvent.PaymentReceived(new("p"), new(2024, 2, 2), Usd(60), new("i"))));
        Assert.Equal("payment-exceeds-open", Book(new ContractEvent.PaymentReceived(new("q"), new(2024, 2, 3), Usd(41)))?.Code);
        Assert.Null(Book(new ContractEvent.CreditNoteIssued(new("n"), new("i"), new(2024, 2, 3), Usd(30))));
        Assert.Null(Book(new ContractEvent.PaymentReceived(new("q"), new(2024, 2, 4), Usd(10))));
        Assert.Equal("refund-exceeds-received", Book(new ContractEvent.RefundPaid(new("r"), new("i"), new(2024, 2, 5), Usd(71)))?.Code);
        Assert.Null(Book(new ContractEvent.RefundPaid(new("r"), new("i"), new(2024, 2, 5), Usd(20))));
        var invoice = Assert.Single(story.On(2024, 3, 1).Receivables.Invoices);
        Assert.Equal((Usd(20), Usd(50)), (invoice.Open, invoice.Received));

        Rejection? Book(ContractEvent booking) => story.Do(At(2024, 3, 1), At(2024, 2, 5), state => BillContract.Decide(state, booking));
    }

    [Fact]
    public void The_order_of_precedence_is_the_amendment_before_the_renewal_before_the_original_unless_it_says_otherwise()
    {
        var story = Signed(At(2024, 2, 1));
        Assert.Null(story.Do(At(2024, 6, 1), At(2024, 6, 1), Amend(new(2024, 6, 1), "sla", "amended")));
        Assert.Null(story.Do(At(2024, 6, 2), At(2025, 1, 1), state => RenewContract.Decide(
            state, new(new(2025, 1, 1), null, Clauses: [new(new("sla"), "renewed"), new(new("law"), "renewed")]))));
        Assert.Equal(["law:renewed", "sla:amended"], Clauses(story.On(2025, 2, 1)));
        Assert.Equal(["law:NY", "sla:amended"], Clauses(story.On(2024, 7, 1)));

        Assert.Null(story.Do(
            At(2025, 3, 1), At(2025, 3, 1), Amend(new(2025, 3, 1), "order-of-precedence", "original, amendment, renewal")));
        Assert.Equal(["law:NY", "order-of-precedence:original, amendment, renewal", "sla:99"], Clauses(story.On(2025, 3, 1)));
        Assert.Null(story.Do(At(2025, 4, 1), At(2025, 4, 1), Amend(new(2025, 4, 1), "order-of-precedence", "as the courts see it")));
        Assert.Equal(["order-of-precedence-unclear"], LegalPosition.ForCounsel(story.On(2025, 4, 1)));
    }

    internal static Story Signed(DateTimeOffset now, bool autoRenew = true, Escalator? escalator = null)
    {
        var story = new Story();
        Assert.Null(story.Do(now, At(2024, 1, 1), state => DraftContract.Decide(
            state,
            new(new("acme"), Year, Usd(1000), autoRenew, 60, Escalator: escalator,
                Clauses: [new(new("sla"), "99"), new(new("law"), "NY")]),
            null, null)));
        Assert.Null(story.Do(now, At(2024, 1, 1), state => SignContract.Decide(state, new(new(2023, 12, 1), null))));
        Assert.Null(story.Do(now, At(2024, 1, 1), ActivateContract.Decide));
        return story;
    }

    internal static Func<Contract, Decision<ContractEvent>> Notice(DateOnly on) =>
        state => GiveNotice.Decide(state, new(on, NoticeParty.Customer, NoticeKind.NonRenewal, "price"));

    internal static Func<Contract, Decision<ContractEvent>> Renew(DateOnly start, DateOnly? end) =>
        state => RenewContract.Decide(state, new(start, end));

    internal static Func<Contract, Decision<ContractEvent>> Amend(DateOnly on, string key, string value) =>
        state => AmendContract.Decide(state, new(on, [new(new(key), value)]));

    private static IEnumerable<string> Clauses(Contract contract) =>
        LegalPosition.ClausesOf(contract).Select(clause => $"{clause.Clause.Key}:{clause.Clause.Value}");
}
