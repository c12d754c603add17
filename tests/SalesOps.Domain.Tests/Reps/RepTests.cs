using SalesOps.Domain.Reps;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Reps;

public sealed class RepTests
{
    private static readonly RepProfile Profile =
        new("Ada", Date(1), Ben, "north", "Oslo", ["negotiation"], ["en", "no"], 40, ["seller"]);

    private static readonly Spec<Rep, RepEvent> Known = Spec.For(Rep.Decider).Given((Day(1), new RepEvent.Registered(Profile)));

    [Fact]
    public void A_rep_is_registered() => Assert.Equal(
        Profile,
        Spec.For(Rep.Decider).When(Day(1), As(Profile)).Then(new RepEvent.Registered(Profile)).Timeline.Latest.Profile);

    [Fact]
    public void The_same_again_comes_to_nothing_even_after_a_move() => Known
        .Given((Day(2), new RepEvent.TeamChanged("south", "Rome")))
        .When(Day(3), As(Profile with { Languages = ["en", "no"] }))
        .Nothing();

    [Fact]
    public void No_skills_and_an_empty_list_of_them_are_the_same() => Spec.For(Rep.Decider)
        .Given((Day(1), new RepEvent.Registered(new("Ada"))))
        .When(Day(1), As(new("Ada", Skills: [], Languages: [], Roles: [])))
        .Nothing();

    [Fact]
    public void Another_one_under_the_same_id_is_a_conflict() => Known
        .When(Day(2), As(Profile with { Languages = ["no", "en"] }))
        .Refused("rep-exists");

    [Fact]
    public void A_capacity_is_not_negative() => Spec.For(Rep.Decider)
        .When(Day(1), As(Profile with { Capacity = -1 }))
        .Refused("capacity-negative", "/capacity");

    [Fact]
    public void Nobody_is_registered_as_reporting_to_themselves() => Spec.For(Rep.Decider)
        .When(Day(1), As(Profile with { ManagerId = Ada }))
        .Refused("manager-self", "/managerId");

    [Fact]
    public void A_rep_gets_another_manager_and_keeps_the_rest() => Assert.Equal(
        Profile with { ManagerId = Cleo },
        Known.When(Day(2), Under(Cleo)).Then(new RepEvent.ManagerChanged(Cleo)).Timeline.Latest.Profile);

    [Fact]
    public void A_rep_may_have_no_manager() => Assert.Null(
        Known.When(Day(2), Under(null)).Then(new RepEvent.ManagerChanged(null)).Timeline.Latest.Profile!.ManagerId);

    [Fact]
    public void The_manager_a_rep_has_already_comes_to_nothing() => Known.When(Day(2), Under(Ben)).Nothing();

    [Fact]
    public void Nobody_comes_to_report_to_themselves() =>
        Known.When(Day(2), Under(Ada)).Refused("manager-self", "/managerId");

    [Fact]
    public void A_transfer_learned_late_leaves_the_later_one_alone()
    {
        var timeline = Known.Given((Day(20), new RepEvent.ManagerChanged(null)))
            .When(Day(10), Under(Cleo))
            .Then(new RepEvent.ManagerChanged(Cleo))
            .Timeline;
        Assert.Equal([Ben, Cleo, null], new[] { 9, 10, 20 }.Select(day => timeline.At(Day(day)).Profile!.ManagerId));
    }

    [Fact]
    public void A_rep_who_changes_team_keeps_the_office_unless_one_is_named()
    {
        Assert.Equal(
            ("south", "Oslo"), TeamOf(Known.When(Day(2), To("south", null)).Then(new RepEvent.TeamChanged("south"))));
        Assert.Equal(
            ("south", "Rome"), TeamOf(Known.When(Day(2), To("south", "Rome")).Then(new RepEvent.TeamChanged("south", "Rome"))));
    }

    [Fact]
    public void A_rep_may_leave_every_team() =>
        Assert.Equal((null, "Oslo"), TeamOf(Known.When(Day(2), To(null, null)).Then(new RepEvent.TeamChanged(null))));

    [Fact]
    public void The_team_a_rep_is_in_already_comes_to_nothing()
    {
        Known.When(Day(2), To("north", null)).Nothing();
        Known.When(Day(2), To("north", "Oslo")).Nothing();
    }

    [Fact]
    public void A_rep_who_was_not_registered_yet_does_not_move()
    {
        Known.When(Day(1).AddMicroseconds(-1), Under(Cleo)).Refused("rep-not-registered-yet");
        Known.When(Day(1).AddMicroseconds(-1), To("south", null)).Refused("rep-not-registered-yet");
    }

    private static (string? Team, string? Office) TeamOf(Spec<Rep, RepEvent> after) =>
        (after.Timeline.Latest.Profile!.Team, after.Timeline.Latest.Profile.Office);

    private static Func<Rep, Decision<RepEvent>> As(RepProfile profile) => state => RegisterRep.Decide(state, new(Ada, profile));

    private static Func<Rep, Decision<RepEvent>> Under(RepId? manager) =>
        state => ChangeManager.Decide(state, new(Ada, manager));

    private static Func<Rep, Decision<RepEvent>> To(string? team, string? office) =>
        state => ChangeTeam.Decide(state, new(team, office));
}
