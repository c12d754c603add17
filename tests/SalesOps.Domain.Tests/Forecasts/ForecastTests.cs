using SalesOps.Domain.Forecasts;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Forecasts;

public sealed class ForecastTests
{
    private static readonly Spec<Forecast, ForecastEvent> Unsaid = Spec.For(Forecast.Decider);

    [Fact]
    public void A_submission_takes_the_place_of_the_one_before_in_its_category()
    {
        var said = Unsaid
            .When(Day(1), state => SubmitForecast.Decide(state, new(ForecastCategory.Commit, Usd(100), null)))
            .Then(new ForecastEvent.Submitted(ForecastCategory.Commit, Usd(100)))
            .When(Day(2), state => SubmitForecast.Decide(state, new(ForecastCategory.BestCase, Usd(150), null)))
            .Then(new ForecastEvent.Submitted(ForecastCategory.BestCase, Usd(150)))
            .When(Day(3), state => SubmitForecast.Decide(state, new(ForecastCategory.Commit, Usd(120), "one more")))
            .Then(new ForecastEvent.Submitted(ForecastCategory.Commit, Usd(120), "one more"));
        Assert.Equal(Usd(120), said.Timeline.At(Day(3)).Find(ForecastCategory.Commit, "USD")!.Said.Amount);
        Assert.Equal(Usd(100), said.Timeline.At(Day(2)).Find(ForecastCategory.Commit, "USD")!.Said.Amount);
        Assert.Equal(Usd(150), said.Timeline.At(Day(3)).Find(ForecastCategory.BestCase, "USD")!.Said.Amount);
        Assert.Equal(3, said.Timeline.Facts.Count);
    }

    [Fact]
    public void What_is_omitted_or_no_money_is_refused()
    {
        Unsaid.When(Day(1), state => SubmitForecast.Decide(state, new(ForecastCategory.Omitted, Usd(1), null)))
            .Refused("category-not-forecast", "/category");
        Unsaid.When(Day(1), state => SubmitForecast.Decide(state, new(ForecastCategory.Commit, Usd(-1), null)))
            .Refused("amount-negative", "/amount");
        Unsaid.When(Day(1), state => SubmitForecast.Decide(state, new(ForecastCategory.Commit, Usd(1), " ")))
            .Refused("text-empty", "/note");
        Unsaid.When(Day(1), state => AdjustForecast.Decide(state, Adjust(Usd(1)) with { Measure = Measure.Units }))
            .Refused("measure-not-forecast", "/measure");
        Unsaid.When(Day(1), state => AdjustForecast.Decide(state, Adjust(new(1, "XXX")))).Refused("currency-unknown", "/amount/currency");
    }

    [Fact]
    public void An_adjustment_keeps_what_it_was_made_on_and_can_be_taken_back()
    {
        var adjusted = Unsaid
            .When(Day(1), state => AdjustForecast.Decide(state, Adjust(Usd(80))))
            .Then(new ForecastEvent.Adjusted(
                AdjustmentSide.Manager, "ben", ForecastCategory.Commit, Measure.Bookings, Usd(80), Usd(100), 7, "cautious", Ben));
        adjusted.When(Day(1), state => AdjustForecast.Decide(state, Adjust(Usd(80)) with { Position = 9 })).Nothing();
        var back = adjusted
            .When(Day(2), state => AdjustForecast.Decide(state, Adjust(null)))
            .Then(new ForecastEvent.AdjustmentWithdrawn(
                AdjustmentSide.Manager, "ben", ForecastCategory.Commit, Measure.Bookings, "cautious"));
        Assert.Empty(back.Timeline.At(Day(2)).Adjustments);
        Assert.Single(back.Timeline.At(Day(1)).Adjustments);
    }

    private static AdjustForecast Adjust(Money? amount) => new(
        AdjustmentSide.Manager, "ben", Ben, ForecastCategory.Commit, Measure.Bookings, amount, "cautious",
        currency => new(100, currency), 7);
}
