using SalesOps.Domain.Assignments;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Assignments;

public sealed class AssignmentTests
{
    private static readonly AssignmentRole Owner = AssignmentRole.Owner;
    private static readonly AssignmentRole Support = new("support");
    private static readonly Spec<AccountAssignments, AssignmentEvent> None = Spec.For(AccountAssignments.Decider);
    private static readonly Spec<AccountAssignments, AssignmentEvent> OfAda = None.Given((Day(1), Made(Ada)));

    [Fact]
    public void An_account_is_given_to_a_rep() =>
        Assert.Equal(Ada, OwnerOf(None.When(Day(1), Give(Ada)).Then(Made(Ada)), 1)?.RepId);

    [Fact]
    public void A_transfer_ends_what_was_before_by_its_time()
    {
        var moved = OfAda.When(Day(5), Give(Ben)).Then(Made(Ben));
        Assert.Equal((Ada, Ben), (OwnerOf(moved, 4)?.RepId, OwnerOf(moved, 5)?.RepId));
        Assert.Equal(Day(5), OwnerOf(moved, 9)?.Since);
    }

    [Fact]
    public void A_transfer_to_whoever_has_it_comes_to_nothing() => OfAda.When(Day(3), Give(Ada)).Nothing();

    [Fact]
    public void A_transfer_that_is_learned_late_stands_before_the_one_that_came_after()
    {
        var moved = OfAda.Given((Day(9), Made(Ben))).When(Day(5), Give(Cleo)).Then(Made(Cleo));
        Assert.Equal([Ada, Cleo, Ben], new[] { 4, 8, 9 }.Select(day => OwnerOf(moved, day)!.RepId!.Value));
    }

    [Fact]
    public void Each_role_is_a_matter_of_its_own()
    {
        var both = OfAda.When(Day(2), state => AssignAccount.Decide(state, new(Support, Ben, "helps")))
            .Then(new AssignmentEvent.Assigned(Support, Ben, "helps"));
        Assert.Equal((Ada, Ben), (OwnerOf(both, 2)?.RepId, both.Timeline.At(Day(2)).Find(Support)?.RepId));
    }

    [Fact]
    public void An_assignment_ends()
    {
        var ended = OfAda.When(Day(4), End()).Then(new AssignmentEvent.Ended(Owner, "over"));
        Assert.Null(OwnerOf(ended, 4));
        ended.When(Day(5), End()).Nothing();
        None.When(Day(1), End()).Nothing();
    }

    [Fact]
    public void A_cover_acts_for_a_time_and_then_no_longer()
    {
        var covered = Covered(OfAda, Ben, 10, 20);
        Assert.Equal((Ada, Ben), (OwnerOf(covered, 10)?.RepId, OwnerOf(covered, 10)?.Acting));
        Assert.Equal(Ada, OwnerOf(covered, 20)?.Acting);
        Assert.Empty(CoverAccount.Decide(covered.Timeline, Cover(Ben, 10, 20)).Events);
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(5, 11)]
    [InlineData(19, 25)]
    [InlineData(5, 25)]
    [InlineData(12, 13)]
    public void Covers_of_one_role_never_overlap(int from, int to)
    {
        var refused = CoverAccount.Decide(Covered(OfAda, Ben, 10, 20).Timeline, Cover(Cleo, from, to)).Rejection!;
        Assert.Equal(("cover-overlaps", "/from"), (refused.Code, refused.Pointer));
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(20, 25)]
    public void Covers_may_touch(int from, int to) => Covered(Covered(OfAda, Ben, 10, 20), Cleo, from, to);

    [Fact]
    public void Nobody_covers_for_themselves_or_backwards_or_for_nobody()
    {
        Assert.Equal("/repId", CoverAccount.Decide(OfAda.Timeline, Cover(Ada, 2, 3)).Rejection!.Pointer);
        Assert.Equal("/to", CoverAccount.Decide(OfAda.Timeline, Cover(Ben, 3, 3)).Rejection!.Pointer);
        Assert.Equal(
            "not-assigned",
            None.Timeline.Refuse([(Day(2), new AssignmentEvent.CoverBegun(Owner, Ben, "away"))])!.Code);
    }

    [Fact]
    public void Whoever_is_in_conflict_is_not_given_the_account()
    {
        var conflict = None.When(Day(1), Conflict(Ada)).Then(new AssignmentEvent.ConflictDeclared(Ada, "a tie"));
        conflict.When(Day(2), Give(Ada)).Refused("rep-in-conflict");
        conflict.Given((Day(3), new AssignmentEvent.ConflictCleared(Ada, "sold"))).When(Day(4), Give(Ada)).Then(Made(Ada));
        OfAda.When(Day(2), Conflict(Ada)).Refused("rep-assigned");
        OfAda.Given((Day(3), Made(Ben))).When(Day(2), Conflict(Ben)).ContradictsFact(2);
    }

    [Fact]
    public void Credit_follows_the_splits_then_the_assignment_then_the_owner()
    {
        var assigned = Covered(OfAda, Cleo, 2, 9).Timeline.At(Day(5));
        var deal = new Domain.Deals.Deal { OwnerId = Ben };
        var overlay = new Domain.Deals.Split(Cleo, 20, Domain.Deals.SplitKind.Overlay);
        var split = new Domain.Deals.Split(Ben, 100, Domain.Deals.SplitKind.Revenue);
        Assert.Equal([(Ada, CreditSource.Assignment)], CreditsOf(deal, assigned));
        Assert.Equal([(Ben, CreditSource.Owner)], CreditsOf(deal, AccountAssignments.Decider.Initial));
        Assert.Equal([(Ben, CreditSource.Owner)], CreditsOf(deal, null));
        Assert.Empty(DealCredit.Of(deal with { OwnerId = null }, null));
        Assert.Equal([(Ben, CreditSource.Split)], CreditsOf(deal with { Splits = [split] }, assigned));
        Assert.Equal(
            [(Ada, CreditSource.Assignment), (Cleo, CreditSource.Split)], CreditsOf(deal with { Splits = [overlay] }, assigned));

        static IEnumerable<(RepId, CreditSource)> CreditsOf(Domain.Deals.Deal deal, AccountAssignments? account) =>
            DealCredit.Of(deal, account).Select(credit => (credit.RepId, credit.Source));
    }

    private static Spec<AccountAssignments, AssignmentEvent> Covered(
        Spec<AccountAssignments, AssignmentEvent> given, RepId rep, int from, int to)
    {
        var decision = CoverAccount.Decide(given.Timeline, Cover(rep, from, to));
        Assert.Null(decision.Rejection);
        Assert.Null(given.Timeline.Refuse([(Day(from), decision.Events[0]), (Day(to), decision.Events[1])]));
        return new(given.Timeline.With(
        [
            .. decision.Events.Select((@event, index) => new Fact<object>(
                Spec.FactId(given.Timeline.Version + index + 1), given.Timeline.Version + index + 1,
                index == 0 ? Day(from) : Day(to), Day(1), @event)),
        ]));
    }

    private static CoverAccount Cover(RepId rep, int from, int to) => new(Owner, rep, Day(from), Day(to), "leave");

    private static AssignmentEvent.Assigned Made(RepId rep) => new(Owner, rep, "fits");

    private static Func<AccountAssignments, Decision<AssignmentEvent>> Give(RepId rep) =>
        state => AssignAccount.Decide(state, new(Owner, rep, "fits"));

    private static Func<AccountAssignments, Decision<AssignmentEvent>> End() =>
        state => EndAssignment.Decide(state, new(Owner, "over"));

    private static Func<AccountAssignments, Decision<AssignmentEvent>> Conflict(RepId rep) =>
        state => ChangeConflict.Decide(state, new(rep, "a tie", IsCleared: false));

    private static RoleAssignment? OwnerOf(Spec<AccountAssignments, AssignmentEvent> spec, int day) =>
        spec.Timeline.At(Day(day)).Find(Owner);
}
