using SalesOps.Domain.Facts;
using SalesOps.Domain.Leads;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Leads;

public sealed class LeadTests
{
    private static readonly LeadProfile Grace = new("Grace", LeadDirection.Inbound, "Acme", "fair", Languages: ["en"]);
    private static readonly LeadEvent.Captured Captured = new(Grace);
    private static readonly LeadEvent.Qualified Qualified = new(80, "budget");
    private static readonly LeadEvent.Disqualified Disqualified = new("no budget");
    private static readonly LeadEvent.Converted Converted = new(new("d1"), new("acme"));

    [Fact]
    public void A_lead_is_captured_qualified_routed_and_converted()
    {
        var lead = Spec.For(Lead.Decider)
            .When(Day(1), state => CaptureLead.Decide(state, new(Grace, null))).Then(Captured)
            .When(Day(2), Qualify(80, "budget")).Then(Qualified)
            .When(Day(3), state => RouteLead.Decide(state, new(Ada, null))).Then(new LeadEvent.Routed(Ada))
            .When(Day(4), Convert()).Then(Converted)
            .Timeline.Latest;
        Assert.Equal((LeadStatus.Converted, 80, Ada), (lead.Status, lead.Score, lead.OwnerId));
        Assert.Equal((Day(1), Day(2), Day(4)), (lead.CapturedAt, lead.QualifiedAt, lead.ConvertedAt));
    }

    [Fact]
    public void Another_one_under_the_same_id_is_a_conflict() => Spec.For(Lead.Decider).Given((Day(1), Captured))
        .When(Day(2), state => CaptureLead.Decide(state, new(Grace with { Company = "Globex" }, null)))
        .Refused("lead-exists");

    [Theory]
    [InlineData(-1, "score-range")]
    [InlineData(101, "score-range")]
    [InlineData(0, null)]
    [InlineData(100, null)]
    public void A_score_lies_between_0_and_100(int score, string? code)
    {
        var outcome = Spec.For(Lead.Decider).Given((Day(1), Captured)).When(Day(2), Qualify(score, "said so"));
        if (code is null)
        {
            outcome.Then(new LeadEvent.Qualified(score, "said so"));
        }
        else
        {
            outcome.Refused(code, "/score");
        }
    }

    [Fact]
    public void What_says_nothing_or_too_much_is_refused()
    {
        Spec.For(Lead.Decider).When(Day(1), state => CaptureLead.Decide(state, new(Grace with { Name = " " }, null)))
            .Refused("text-empty", "/name");
        Spec.For(Lead.Decider)
            .When(Day(1), state => CaptureLead.Decide(state, new(Grace with { Campaign = new string('x', 201) }, null)))
            .Refused("text-too-long", "/campaign");
        Spec.For(Lead.Decider).When(Day(1), state => CaptureLead.Decide(state, new(Grace with { Employees = -1 }, null)))
            .Refused("employees-negative", "/employees");
        Spec.For(Lead.Decider).Given((Day(1), Captured)).When(Day(2), Qualify(1, "")).Refused("text-empty", "/reason");
    }

    [Fact]
    public void A_disqualified_lead_must_be_qualified_before_it_goes_on()
    {
        var given = Spec.For(Lead.Decider).Given((Day(1), Captured), (Day(2), Disqualified));
        given.When(Day(3), Convert()).Refused("lead-disqualified");
        given.When(Day(3), state => RouteLead.Decide(state, new(Ada, null))).Refused("lead-disqualified");
        given.When(Day(3), state => DisqualifyLead.Decide(state, new("no budget"))).Nothing();
        given.When(Day(3), Qualify(60, "budget found")).Then(new LeadEvent.Qualified(60, "budget found"))
            .When(Day(4), Convert()).Then(Converted);
    }

    [Fact]
    public void A_converted_lead_is_history()
    {
        var given = Spec.For(Lead.Decider).Given((Day(1), Captured), (Day(2), Converted));
        given.When(Day(3), Qualify(1, "late")).Refused("lead-converted");
        given.When(Day(3), state => DisqualifyLead.Decide(state, new("late"))).Refused("lead-converted");
        given.When(Day(3), Convert("other")).Refused("lead-converted");
        given.When(Day(3), Convert()).Nothing();
        given.When(Day(3), state => ConvertLead.Decide(state, new(null, null), new("x"), new("y"))).Nothing();
    }

    [Fact]
    public void A_conversion_that_is_learned_to_be_earlier_than_the_capture_is_refused() => Spec.For(Lead.Decider)
        .Given((Day(2), Captured))
        .When(Day(1), Convert())
        .Refused("lead-not-captured-yet");

    [Fact]
    public void What_is_kept_of_it_has_the_days_of_its_way()
    {
        var lead = Spec.For(Lead.Decider)
            .Given((Day(1), Captured), (Day(2), Disqualified), (Day(3), Qualified), (Day(4), new LeadEvent.Qualified(90, "x")))
            .Given((Day(5), Converted)).Timeline.Latest;
        Assert.Equal(
            new LeadFact(
                LeadStatus.Converted, "Grace", "Acme", "fair", null, LeadDirection.Inbound, 90, null, new("d1"), Date(1), Date(3),
                Date(5))
            {
                Languages = [.. Captured.Profile.Languages ?? []],
                Employees = Captured.Profile.Employees,
                Country = Captured.Profile.Country,
                Segment = Captured.Profile.Segment,
                Industry = Captured.Profile.Industry,
            },
            LeadFact.Of(lead));
        Assert.Null(LeadFact.Of(Lead.Decider.Initial));
    }

    private static Func<Lead, Decision<LeadEvent>> Qualify(int score, string reason) =>
        state => QualifyLead.Decide(state, new(score, reason));

    private static Func<Lead, Decision<LeadEvent>> Convert(string deal = "d1") =>
        state => ConvertLead.Decide(state, new(new(deal), new("acme")), new("x"), new("y"));
}
