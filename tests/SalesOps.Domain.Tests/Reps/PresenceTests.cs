using SalesOps.Domain.Reps;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Reps;

public sealed class PresenceTests
{
    private static readonly Spec<Rep, RepEvent> Known =
        Spec.For(Rep.Decider).Given((Day(1), new RepEvent.Registered(new("Ada", Date(1)))));

    /// <summary>Away from day 5 to day 8, back on day 9.</summary>
    private static readonly Spec<Rep, RepEvent> Planned = Known
        .Given((Day(5), new RepEvent.LeaveStarted(Date(5), Date(9), "rest", Ben)), (Day(9), new RepEvent.LeaveEnded(Date(9))));

    [Fact]
    public void A_leave_whose_end_is_known_is_two_facts() => Assert.Equal(
        [new RepEvent.LeaveStarted(Date(5), Date(9), "rest", Ben), new RepEvent.LeaveEnded(Date(9))],
        Leave(Known, 5, 9, "rest", Ben).Events);

    [Fact]
    public void An_open_leave_is_one() => Assert.Equal([new RepEvent.LeaveStarted(Date(5))], Leave(Known, 5, null).Events);

    [Fact]
    public void A_rep_is_away_from_the_first_day_to_the_day_before_the_first_one_back()
    {
        Assert.Equal(
            [RepPresence.Active, RepPresence.OnLeave, RepPresence.OnLeave, RepPresence.Active],
            new[] { EndOf(4), Day(5), EndOf(8), Day(9) }.Select(at => Planned.Timeline.At(at).Presence));
        Assert.Equal(Ben, Planned.Timeline.At(Day(6)).Leave?.CoverRepId);
    }

    [Theory]
    [InlineData(4, 6)]
    [InlineData(5, 8)]
    [InlineData(6, 7)]
    [InlineData(8, 12)]
    [InlineData(1, 20)]
    [InlineData(8, null)]
    [InlineData(2, null)]
    public void Leaves_do_not_overlap(int from, int? to) =>
        Assert.Equal(("leave-overlaps", "/from"), RefusalOf(Leave(Planned, from, to)));

    [Theory]
    [InlineData(3, 5)]
    [InlineData(9, 12)]
    [InlineData(9, null)]
    public void One_leave_may_begin_where_another_ends_whichever_was_recorded_first(int from, int? to)
    {
        var decision = Leave(Planned, from, to);
        Assert.Null(decision.Rejection);
        Assert.Null(Planned.Timeline.Refuse(Dated(decision)));
    }

    [Fact]
    public void The_same_leave_again_comes_to_nothing() => Assert.Empty(Leave(Planned, 5, 9, "rest", Ben).Events);

    [Fact]
    public void A_leave_must_make_sense()
    {
        Assert.Equal(("leave-reversed", "/to"), RefusalOf(Leave(Known, 5, 5)));
        Assert.Equal(("cover-self", "/coverRepId"), RefusalOf(Leave(Known, 5, 9, null, Ada)));
        Assert.Equal(("text-too-long", "/reason"), RefusalOf(Leave(Known, 5, 9, new string('x', 201))));
        Assert.Equal(
            ("before-hire", "/from"),
            RefusalOf(TakeLeave.Decide(Known.Timeline.Latest, new(Ada, new(2025, 12, 31), null, null, null))));
    }

    [Fact]
    public void An_open_leave_is_ended_by_a_return()
    {
        var open = Known.Given((Day(5), new RepEvent.LeaveStarted(Date(5))));
        Assert.Equal([new RepEvent.LeaveEnded(Date(8))], Return(open, 8).Events);
        Assert.Null(ReturnFromLeave.PlannedEnd(open.Timeline, new(Date(8))));
        Assert.Equal(("not-on-leave", null), RefusalOf(Return(open, 5)));
    }

    [Fact]
    public void An_earlier_return_takes_the_place_of_the_planned_one()
    {
        var decision = Return(Planned, 7);
        Assert.Equal([new RepEvent.LeaveEnded(Date(7))], decision.Events);
        Assert.Equal(Spec.FactId(3), ReturnFromLeave.PlannedEnd(Planned.Timeline, new(Date(7)))?.Id);
        Assert.Null(Planned.Timeline.Refuse(Dated(decision), Spec.FactId(3)));
        Assert.NotNull(Planned.Timeline.Refuse(Dated(decision)));
    }

    [Fact]
    public void A_return_as_planned_comes_to_nothing_and_a_later_one_is_refused()
    {
        Assert.Empty(Return(Planned, 9).Events);
        Assert.Equal(("not-on-leave", null), RefusalOf(Return(Planned, 10)));
        Assert.Equal(("not-on-leave", null), RefusalOf(Return(Known, 3)));
    }

    [Fact]
    public void A_rep_who_is_gone_changes_no_more()
    {
        var gone = Known.Given((Day(10), new RepEvent.Departed(Date(10), "retired")));
        gone.When(Day(10), rep => ChangeManager.Decide(rep, new(Ada, Ben))).Refused("rep-departed");
        gone.When(Day(11), rep => ChangeSkills.Decide(rep, new(["sells"], null))).Refused("rep-departed");
        gone.When(Day(9), rep => ChangeManager.Decide(rep, new(Ada, Ben))).Then(new RepEvent.ManagerChanged(Ben));
        Assert.Equal(RepPresence.Departed, gone.Timeline.Latest.Presence);
        Assert.Equal("rep-departed", gone.Timeline.Refuse(Dated(Leave(gone, 12, 14)))?.Code);
        Assert.Equal("rep-departed", Return(gone, 12).Rejection?.Code);
    }

    [Fact]
    public void A_departure_ends_a_leave_that_was_planned_to_last_longer()
    {
        var gone = Planned.Given((Day(7), new RepEvent.Departed(Date(7))));
        Assert.Equal(RepPresence.Departed, gone.Timeline.At(Day(8)).Presence);
        Assert.Null(gone.Timeline.At(Day(8)).Leave);
        Assert.Equal(RepPresence.Departed, gone.Timeline.At(Day(20)).Presence);
    }

    [Fact]
    public void A_departure_is_said_once_and_after_the_hiring()
    {
        var gone = Known.Given((Day(10), new RepEvent.Departed(Date(10), "retired")));
        gone.When(Day(10), rep => DepartRep.Decide(rep, new(Date(10), "retired"))).Nothing();
        gone.When(Day(10), rep => DepartRep.Decide(rep, new(Date(10), "quit"))).Refused("rep-departed");
        Assert.Equal(
            ("before-hire", "/on"), RefusalOf(DepartRep.Decide(Known.Timeline.Latest, new(new(2025, 12, 31), null))));
    }

    private static Decision<RepEvent> Leave(
        Spec<Rep, RepEvent> spec, int from, int? to, string? reason = null, RepId? cover = null) => TakeLeave.Decide(
            spec.Timeline.Latest, new(Ada, Date(from), to is { } day ? Date(day) : null, reason, cover));

    private static Decision<RepEvent> Return(Spec<Rep, RepEvent> spec, int on) =>
        ReturnFromLeave.Decide(spec.Timeline.Latest, new(Date(on)));

    private static (DateTimeOffset At, RepEvent Event)[] Dated(Decision<RepEvent> decision) =>
    [
        .. decision.Events.Select(@event => (RepReplacement.NaturalTimeOf(@event, BusinessCalendar.Utc)!.Value, @event)),
    ];

    private static (string? Code, string? Pointer) RefusalOf(Decision<RepEvent> decision) =>
        (decision.Rejection?.Code, decision.Rejection?.Pointer);
}
