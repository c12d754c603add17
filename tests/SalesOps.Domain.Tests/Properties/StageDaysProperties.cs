using FsCheck.Fluent;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Properties;

/// <summary>What deals have been through, whatever commands and corrections made it so.</summary>
public sealed class StageDaysProperties
{
    [Fact]
    public void The_days_in_stages_sum_to_the_cycle() => Prop.ForAll<Step[], byte>((steps, day) =>
    {
        var deal = Timeline<Deal, DealEvent>.Empty(Deal.Decider).With(Scripts.OfDeals.Play(steps)).At(Day(1 + (day % 10)));
        if (deal.Status == DealStatus.None)
        {
            Assert.Empty(deal.Visits);
            return;
        }

        var path = new DealPath(
            new("d"), deal.Name, deal.Status, deal.PipelineId, deal.OwnerId, deal.Amount, deal.ForecastCategory,
            deal.ExpectedClose, BusinessCalendar.Utc.DateOf(deal.OpenedAt), deal.ClosedOn, null, null, [], deal.Visits,
            deal.Pushes, deal.FirstExpectedClose, deal.PeakAmount);
        var until = deal.ClosedOn ?? Date(10);
        Assert.Equal(deal.Stage, path.Stage);
        Assert.Equal(
            until.DayNumber - path.OpenedOn.DayNumber,
            path.StageDays(BusinessCalendar.Utc, until).Sum(visit => visit.Days));
        Assert.True(deal.Amount is null ? deal.PeakAmount is null : deal.PeakAmount >= deal.Amount.Value.Amount);
    }).Check();
}
