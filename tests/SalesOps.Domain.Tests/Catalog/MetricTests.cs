using SalesOps.Domain.Catalog;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Catalog;

public sealed class MetricTests
{
    private static readonly MetricTerms WinRate = new(
        "Win rate", "won of closed", ForecastPeriod.Quarter, MetricDirection.Higher, MetricMeasure.WinRate, Target: 0.6m);

    [Fact]
    public void Another_definition_is_another_version_and_another_target_is_not()
    {
        var metric = Spec.For(Metric.Decider)
            .When(Day(1), state => DescribeMetric.Decide(state, new(WinRate, Retired: false)))
            .Then(new MetricEvent.Described(WinRate));
        Assert.Equal(1, metric.Timeline.Latest.DefinitionVersion);
        var aimed = metric
            .When(Day(2), state => DescribeMetric.Decide(state, new(WinRate with { Target = 0.7m }, Retired: false)))
            .Then(new MetricEvent.Described(WinRate with { Target = 0.7m }));
        Assert.Equal(1, aimed.Timeline.Latest.DefinitionVersion);
        var other = WinRate with { Measure = MetricMeasure.WinRateByValue };
        var again = aimed
            .When(Day(3), state => DescribeMetric.Decide(state, new(other, Retired: false)))
            .Then(new MetricEvent.Described(other));
        Assert.Equal((2, 1), (again.Timeline.Latest.DefinitionVersion, again.Timeline.At(Day(2)).DefinitionVersion));
    }

    [Fact]
    public void A_retired_metric_stays_as_it_was_until_it_is_described_anew()
    {
        var retired = Spec.For(Metric.Decider).Given((Day(1), new MetricEvent.Described(WinRate)))
            .When(Day(2), state => DescribeMetric.Decide(state, new(WinRate, Retired: true)))
            .Then(new MetricEvent.Retired());
        Assert.Equal((WinRate, true), (retired.Timeline.Latest.Terms, retired.Timeline.Latest.IsRetired));
        retired.When(Day(3), state => DescribeMetric.Decide(state, new(WinRate, Retired: false))).Then(new MetricEvent.Described(WinRate));
        Spec.For(Metric.Decider).When(Day(1), state => DescribeMetric.Decide(state, new(WinRate with { Name = " " }, false)))
            .Refused("text-empty", "/name");
    }

    [Fact]
    public void A_comparison_has_a_difference_a_share_and_an_index()
    {
        var compared = new MetricComparison(ComparedWith.PreviousPeriod, "2026-01", 120, new(100, null));
        Assert.Equal((20m, 0.2m, 120m), (compared.Delta, compared.DeltaPercent.Value, compared.Index.Value));
        var zero = compared with { Other = new(0, null) };
        Assert.Equal((120m, null, Ratio.NoDenominator), (zero.Delta, zero.Index.Value, zero.Index.Reason));
        var none = compared with { Other = Ratio.Absent(MetricComparison.DefinitionDiffers) };
        Assert.Equal((null, MetricComparison.DefinitionDiffers), (none.Delta, none.Index.Reason));
    }

    [Fact]
    public void A_target_is_crossed_where_the_side_changes()
    {
        (string, decimal?)[] values = [("1", 0.5m), ("2", 0.6m), ("3", null), ("4", 0.7m), ("5", 0.59m)];
        Assert.Equal(
            [new TargetCrossing("2", 0.5m, 0.6m, true), new TargetCrossing("5", 0.7m, 0.59m, false)],
            TargetCrossing.Of(WinRate, values));
        Assert.Equal(
            [new TargetCrossing("4", 0.6m, 0.7m, false), new TargetCrossing("5", 0.7m, 0.59m, true)],
            TargetCrossing.Of(WinRate with { Direction = MetricDirection.Lower }, values));
        Assert.Empty(TargetCrossing.Of(WinRate with { Target = null }, values));
    }
}
