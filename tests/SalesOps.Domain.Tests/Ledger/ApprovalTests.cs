using SalesOps.Domain.Ledger;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Ledger;

public sealed class ApprovalTests
{
    private static readonly ApprovalEvent.Requested Request = new(Ada, "2026-01", new(2026, 1, 31), "a prize", "ben", Usd(100));

    [Fact]
    public void A_request_is_made_once() => Spec.For(Approval.Decider)
        .When(Day(1), state => Approval.Ask(state, Request)).Then(Request)
        .When(Day(2), state => Approval.Ask(state, Request with { Reason = "another" })).Refused("request-exists");

    [Fact]
    public void A_third_person_approves_it() => Asked()
        .When(Day(2), state => Approval.Approve(state, "cleo", "fine")).Then(new ApprovalEvent.Approved("cleo", "fine"))
        .When(Day(3), state => Approval.Approve(state, "dan", null)).Refused("request-decided");

    [Theory]
    [InlineData("ben", "approver-is-author")]
    [InlineData("ada", "approver-is-beneficiary")]
    public void Neither_author_nor_beneficiary_approves(string by, string code)
    {
        Asked().When(Day(2), state => Approval.Approve(state, by, null)).Refused(code);

        // Nor does an event that comes another way.
        Asked().When(Day(2), _ => Decision<ApprovalEvent>.Accept(new ApprovalEvent.Approved(by))).Refused(code);
    }

    [Fact]
    public void The_author_may_withdraw_and_the_beneficiary_may_not_reject()
    {
        Asked().When(Day(2), state => Approval.Reject(state, "ben", "my mistake")).Then(new ApprovalEvent.Rejected("ben", "my mistake"));
        Asked().When(Day(2), state => Approval.Reject(state, "ada", "no")).Refused("approver-is-beneficiary");
        Asked().Given((Day(2), new ApprovalEvent.Rejected("cleo", "no")))
            .When(Day(3), state => Approval.Approve(state, "dan", null)).Refused("request-decided");
    }

    [Fact]
    public void What_is_not_asked_for_is_not_approved() =>
        Spec.For(Approval.Decider).When(Day(1), state => Approval.Approve(state, "cleo", null)).Refused("request-decided");

    [Fact]
    public void A_request_says_why_and_how_much()
    {
        Assert.Null(ApprovalRules.Check(Request));
        Assert.Equal("text-empty", ApprovalRules.Check(Request with { Reason = " " })?.Code);
        Assert.Equal("amount-zero", ApprovalRules.Check(Request with { Amount = Usd(0) })?.Code);
        Assert.Equal("date-range", ApprovalRules.Check(Request with { On = new(1, 1, 1) })?.Code);
    }

    private static Spec<Approval, ApprovalEvent> Asked() => Spec.For(Approval.Decider).Given((Day(1), Request));
}
