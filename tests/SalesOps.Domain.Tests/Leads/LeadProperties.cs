using FsCheck.Fluent;
using SalesOps.Domain.Leads;
using SalesOps.Domain.Tests.Properties;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Leads;

public sealed class LeadProperties
{
    private static readonly Func<Lead, Decision<LeadEvent>>[] Commands =
    [
        lead => QualifyLead.Decide(lead, new(80, "budget")),
        lead => QualifyLead.Decide(lead, new(30, "small")),
        lead => DisqualifyLead.Decide(lead, new("no budget")),
        lead => RouteLead.Decide(lead, new(Ada, null)),
        lead => RouteLead.Decide(lead, new(Ben, "speaks it")),
        lead => ConvertLead.Decide(lead, new(new("d1"), new("acme")), new("x"), new("y")),
        lead => CaptureLead.Decide(lead, new(new("Other", LeadDirection.Inbound), null)),
    ];

    [Fact]
    public void Whatever_is_asked_for_and_however_late_a_lead_stays_possible() => Prop.ForAll<int>(seed =>
    {
        var timeline = Run(seed);
        var standing = timeline.Facts.Where(fact => fact.Voided is null).ToArray();
        Assert.IsType<LeadEvent.Captured>(standing[0].Event);
        Assert.Single(standing, fact => fact.Event is LeadEvent.Captured);
        Assert.DoesNotContain(standing[..^1], fact => fact.Event is LeadEvent.Converted);

        var lead = timeline.Latest;
        Assert.Equal(lead.Status == LeadStatus.Converted, lead.Conversion is not null);
        Assert.Equal(lead.OwnerId is null, lead.OwnerSince is null);
        var qualified = standing.FirstOrDefault(fact => fact.Event is LeadEvent.Qualified);
        Assert.Equal(qualified?.EffectiveAt, lead.QualifiedAt);
    }).Check();

    [Fact]
    public void The_order_in_which_facts_are_learned_does_not_matter_where_none_is_of_one_time() => Prop.ForAll<int>(seed =>
    {
        var timeline = Run(seed);
        var late = Timeline<Lead, LeadEvent>.Empty(Lead.Decider).With(
        [
            .. timeline.Facts.OrderBy(fact => fact.EffectiveAt).Reverse().Select((fact, index) =>
                new Fact<object>(fact.Id, index + 1, fact.EffectiveAt, fact.RecordedAt, fact.Event)),
        ]);
        Assert.Equal(timeline.Latest, late.Latest);
    }).Check();

    /// <summary>A lead that is captured on the tenth, and then told anything at any time of its own.</summary>
    private static Timeline<Lead, LeadEvent> Run(int seed)
    {
        var random = new Random(seed);
        var timeline = Recorded(
            Timeline<Lead, LeadEvent>.Empty(Lead.Decider), Day(10), new LeadEvent.Captured(new("Grace", LeadDirection.Inbound)));
        foreach (var step in Enumerable.Range(1, 12))
        {
            var at = Day(random.Next(5, 25)).AddMinutes(step);
            var decision = timeline.Decide(at, Commands[random.Next(Commands.Length)]);
            timeline = decision.Events is [var @event] ? Recorded(timeline, at, @event) : timeline;
        }

        return timeline;
    }

    private static Timeline<Lead, LeadEvent> Recorded(
        Timeline<Lead, LeadEvent> timeline, DateTimeOffset at, LeadEvent @event) => timeline.With(
    [
        new(Testing.Spec.FactId(timeline.Version + 1), timeline.Version + 1, at, Testing.Spec.RecordedAt(timeline.Version + 1), @event),
    ]);
}
