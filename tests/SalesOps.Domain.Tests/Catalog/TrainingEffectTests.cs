using SalesOps.Domain.Catalog;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Reps;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Catalog;

public sealed class TrainingEffectTests
{
    private static readonly DateOnly Trained = new(2026, 4, 1);

    [Fact]
    public void The_same_reps_are_compared_over_as_many_days_before_a_training_as_after_it()
    {
        var effect = new TrainingEffect(10, Trained.AddDays(60));
        effect.Add(
            Rep(Trained.AddDays(-10)), Trained,
            [
                Closed(-11, 900), Closed(-10, 100), Closed(-1, 50, DealStatus.Lost),
                Closed(0, 300), Closed(9, 100), Closed(10, 900),
            ]);
        Assert.Equal(1, effect.Reps);
        Assert.Equal((0.5m, 1m), Both(MetricMeasure.WinRate));
        Assert.Equal((100m, 400m), Both(MetricMeasure.Bookings));
        Assert.Equal((100m, 200m), Both(MetricMeasure.AverageDeal));
        Assert.Equal((300, 3, 400), (
            effect.Compare(MetricMeasure.Bookings)!.Delta, effect.Compare(MetricMeasure.Bookings)!.DeltaPercent.Value,
            effect.Compare(MetricMeasure.Bookings)!.Index.Value));

        (decimal?, decimal?) Both(MetricMeasure measure) => (effect.Before.Of(measure)?.Value, effect.After.Of(measure)?.Value);
    }

    [Fact]
    public void Who_was_not_there_for_all_of_the_days_is_on_neither_side()
    {
        var effect = new TrainingEffect(10, Trained.AddDays(8));
        effect.Add(Rep(Trained.AddDays(-9)), Trained, [Closed(1, 1)]);
        effect.Add(Rep(Trained.AddDays(-99)) with { DepartedOn = Trained.AddDays(9) }, Trained, [Closed(1, 1)]);
        effect.Add(Rep(Trained.AddDays(-99)), Trained, [Closed(1, 1)]);
        Assert.Equal(0, effect.Reps);
        Assert.Equal(
            [new(TrainingExclusion.NotOverYet, 1), new(TrainingExclusion.NotThereBefore, 1), new(TrainingExclusion.LeftAfter, 1)],
            effect.Excluded);
        Assert.Null(effect.Compare(MetricMeasure.WinRate));

        var over = new TrainingEffect(10, Trained.AddDays(9));
        over.Add(Rep(hiredOn: null), Trained, [Closed(1, 1)]);
        Assert.Equal(1, over.Reps);
        Assert.Equal(Ratio.NoDenominator, over.Compare(MetricMeasure.WinRate)!.Other.Reason);
    }

    [Fact]
    public void Money_of_another_currency_is_not_compared()
    {
        var effect = new TrainingEffect(10, Trained.AddDays(60));
        effect.Add(
            Rep(Trained.AddDays(-99)), Trained, [Closed(-1, 5), Closed(1, 5) with { Amount = new Money(5, "EUR") }]);
        Assert.Equal(Ratio.MixedCurrencies, effect.Compare(MetricMeasure.Bookings)!.Other.Reason);
        Assert.Equal(0, effect.Compare(MetricMeasure.DealsWon)!.Delta);
    }

    private static Rep Rep(DateOnly? hiredOn) => new() { Profile = new("R", HiredOn: hiredOn) };

    private static ClosedDeal Closed(int day, decimal amount, DealStatus status = DealStatus.Won) =>
        new(status, Trained.AddDays(-50), Trained.AddDays(day), Ada, Usd(amount), null, null, []);
}
