using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Deals;

public sealed class OpenDealTests
{
    private static readonly OpenDeal Command = new("Discs for Acme", Proposal, Amount: Usd(1200));

    [Fact]
    public void A_deal_opens_in_the_stage_that_is_named() => Spec.For(Deal.Decider)
        .When(Day(1), state => OpenDeal.Decide(state, Standard, Command))
        .Then(Opened(Proposal, Usd(1200)));

    [Fact]
    public void Without_a_stage_it_opens_in_the_first_of_its_pipeline() => Spec.For(Deal.Decider)
        .When(Day(1), state => OpenDeal.Decide(state, Standard, new("Discs for Acme", Stage: null)))
        .Then(Opened(Prospecting));

    [Fact]
    public void All_that_is_said_of_it_is_kept()
    {
        var opened = Spec.For(Deal.Decider)
            .When(Day(1), state => OpenDeal.Decide(
                state, Standard,
                new("Discs", Proposal, new("acme"), Ada, Usd(5), Date(31), new("lead-1"), "fair")))
            .Then(new DealEvent.Opened(
                "Discs", Pipeline.DefaultId, Proposal, new("acme"), Ada, Usd(5), Date(31), new("lead-1"), "fair"))
            .Timeline.Latest;
        Assert.Equal(
            (DealStatus.Open, Day(1), "Discs", Pipeline.DefaultId, Proposal, new AccountId("acme"), Ada, Usd(5), Date(31)),
            (opened.Status, opened.OpenedAt, opened.Name, opened.PipelineId, opened.Stage, opened.AccountId, opened.OwnerId,
                opened.Amount, opened.ExpectedClose));
        Assert.Equal((new LeadId("lead-1"), "fair"), (opened.LeadId, opened.Source));
    }

    [Fact]
    public void The_same_opening_again_comes_to_nothing_even_after_the_deal_has_moved() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened(Proposal, Usd(1200))), (Day(2), MovedTo(Negotiation)), (EndOf(3), Won(3)))
        .When(Day(9), state => OpenDeal.Decide(state, Standard, Command with { Amount = Usd(1200.00m) }))
        .Nothing();

    [Fact]
    public void Another_deal_under_the_same_id_is_a_conflict() => Spec.For(Deal.Decider)
        .Given((Day(1), Opened(Proposal)))
        .When(Day(2), state => OpenDeal.Decide(state, Standard, Command))
        .Refused("deal-exists");

    [Fact]
    public void Opening_it_earlier_contradicts_the_opening_that_is_known() => Spec.For(Deal.Decider)
        .Given((Day(5), Opened(Proposal, Usd(1200))))
        .When(Day(1), state => OpenDeal.Decide(state, Standard, Command))
        .ContradictsFact(1);

    [Fact]
    public void A_stage_that_the_pipeline_does_not_have_is_refused() => Spec.For(Deal.Decider)
        .When(Day(1), state => OpenDeal.Decide(state, Standard, Command with { Stage = new("dreaming") }))
        .Refused("stage-unknown", "/stage");

    [Fact]
    public void A_pipeline_that_is_not_defined_is_refused() => Spec.For(Deal.Decider)
        .When(Day(1), state => OpenDeal.Decide(state, Pipeline.Decider(new("partners")).Initial, Command))
        .Refused("pipeline-unknown", "/pipelineId");

    [Fact]
    public void A_negative_amount_is_refused() => Spec.For(Deal.Decider)
        .When(Day(1), state => OpenDeal.Decide(state, Standard, Command with { Amount = Usd(-0.01m) }))
        .Refused("amount-negative", "/amount");
}
