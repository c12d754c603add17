using System.Globalization;
using FsCheck.Fluent;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Tests.Properties;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Forecasts;

public sealed class ForecastAccuracyTests
{
    [Theory]
    [InlineData("52,48,64", "50,54,58", "0.084853", "0.08642", "0.012346", "0.010779", "4.666667", "5.033223", "0.428571")]
    [InlineData("18,30,17,21", "17,25,14,23", "0.140016", "0.139241", "0.088608", "0.096538", "2.75", "3.122499", "2.545455")]
    [InlineData("500000", "550000", "0.090909", "0.090909", "-0.090909", "-0.090909", "50000", "50000", "-1")]
    public void Forecasts_compare_with_what_came_of_them(
        string forecasts, string actuals, string mape, string wape, string bias, string mpe, string mae, string rmse, string signal)
    {
        var accuracy = new ForecastAccuracy([.. Numbers(forecasts).Zip(Numbers(actuals), Pair)]);
        Assert.Equal(
            [mape, wape, bias, mpe, mae, rmse, signal],
            new[] { accuracy.Mape, accuracy.Wape, accuracy.Bias, accuracy.Mpe, accuracy.Mae, accuracy.Rmse, accuracy.TrackingSignal }
                .Select(ratio => Rounded(ratio.Value!.Value)));
    }

    [Fact]
    public void Two_vendors_reckon_the_accuracy_of_a_sum_by_its_ratio()
    {
        var accuracy = new ForecastAccuracy([Pair(500_000, 550_000)]);
        Assert.Equal(("0.909091", "0.909091"), (Rounded(accuracy.Accuracy.Value!.Value), Rounded(accuracy.Attained.Value!.Value)));
        var far = new ForecastAccuracy([Pair(300, 100)]);
        Assert.Equal((0, 3), (far.Accuracy.Value, far.Attained.Value));
    }

    [Fact]
    public void What_came_to_nothing_is_excluded_from_means_of_ratios_and_counted()
    {
        var accuracy = new ForecastAccuracy([Pair(10, 0), Pair(90, 100)]);
        Assert.Equal((1, 0.1m, 0.2m, 0m), (accuracy.Excluded, accuracy.Mape.Value, accuracy.Wape.Value, accuracy.Bias.Value));
    }

    [Fact]
    public void A_ratio_without_denominator_is_absent_with_its_reason()
    {
        var nothing = new ForecastAccuracy([Pair(10, 0)]);
        Assert.All(
            [nothing.Mape, nothing.Mpe, nothing.Wape, nothing.Bias, nothing.Accuracy, nothing.Attained],
            ratio => Assert.Equal((null, Ratio.NoDenominator), (ratio.Value, ratio.Reason)));
        Assert.Equal(Ratio.NoDenominator, new ForecastAccuracy([]).Mae.Reason);
        Assert.Equal(Ratio.NoDenominator, new ForecastAccuracy([Pair(5, 5)]).TrackingSignal.Reason);
        Assert.Equal(ForecastAccuracy.NoBaseline, new ForecastAccuracy([Pair(5, 5)]).ValueAdded.Reason);
    }

    [Fact]
    public void The_value_added_is_over_the_pairs_that_have_a_baseline()
    {
        var accuracy = new ForecastAccuracy([Pair(52, 50), Pair(48, 54) with { Baseline = 50 }, Pair(64, 58) with { Baseline = 54 }]);
        Assert.Equal(Rounded((8m / 112) - (12m / 112)), Rounded(accuracy.ValueAdded.Value!.Value));
    }

    [Fact]
    public void The_largest_amounts_have_a_root_mean_square_error() => Assert.Equal(
        900_000_000_000_000m, new ForecastAccuracy([Pair(900_000_000_000_000, 0)]).Rmse.Value);

    /// <summary>Errors of reps add up, those of their sum cancel out.</summary>
    [Fact]
    public void The_error_of_reps_is_never_below_that_of_the_netted_total() =>
        Prop.ForAll<(byte Rep, byte Period, short Forecast, ushort Actual)[]>(all =>
        {
            var accuracy = new ForecastAccuracy([.. all.Select(one => new ForecastPair(
                $"r{one.Rep % 5}", $"p{one.Period % 4}", one.Forecast, one.Actual))]);
            return accuracy.Wape.Value is not { } reps || reps >= accuracy.NettedWape.Value;
        }).Check();

    [Theory]
    [InlineData(0, "2026-03-31T23:59:59.999999")]
    [InlineData(1, "2026-03-31T00:00:00.000000")]
    [InlineData(31, "2026-03-01T00:00:00.000000")]
    public void A_horizon_counts_from_the_instant_at_which_the_period_is_over(int days, string instant) => Assert.Equal(
        instant,
        Horizon.InstantOf(new(new(2026, 3, 1), new(2026, 4, 1)), days, BusinessCalendar.Utc)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture));

    [Fact]
    public void Periods_begin_in_the_range_and_a_baseline_is_of_the_same_length()
    {
        Assert.Equal(["2026-02", "2026-03"], Keys(ForecastPeriod.Month, new(2026, 1, 15), new(2026, 4, 1)));
        Assert.Equal(["2026-Q1"], Keys(ForecastPeriod.Quarter, new(2026, 1, 1), new(2026, 4, 1)));
        Assert.Equal(["2027"], Keys(ForecastPeriod.Year, new(2026, 1, 2), new(2028, 1, 1)));
        var quarter = Period.QuarterOf(new(2026, 2, 1));
        Assert.Equal(new(new(2025, 10, 1), new(2026, 1, 1)), PeriodKeys.Before(quarter, ForecastBaseline.LastPeriod));
        Assert.Equal(new(new(2025, 1, 1), new(2025, 4, 1)), PeriodKeys.Before(quarter, ForecastBaseline.SamePeriodLastYear));

        static IEnumerable<string> Keys(ForecastPeriod length, DateOnly from, DateOnly to) =>
            PeriodKeys.Within(length, from, to).Select(one => one.Key);
    }

    [Fact]
    public void A_baseline_needs_something_won_by_then()
    {
        var bookings = new Bookings([new(Ada, new(2026, 2, 1), Usd(50)), new(Ben, new(2026, 2, 1), new(7, "EUR"))]);
        Assert.Equal([null, 50m, 0m], new[] { 1, 2, 3 }.Select(month => bookings.Baseline([Ada], "USD", Month(month))));
        Assert.Equal(7, bookings.Of([Ada, Ben], "EUR", Month(2)));

        static Period Month(int month) => Period.MonthOf(new(2026, month, 1));
    }

    private static ForecastPair Pair(decimal forecast, decimal actual) => new("ada", "2026-01", forecast, actual);

    private static IEnumerable<decimal> Numbers(string text) =>
        text.Split(',').Select(part => decimal.Parse(part, CultureInfo.InvariantCulture));

    private static string Rounded(decimal value) => decimal.Round(value, 6, MidpointRounding.AwayFromZero)
        .ToString("0.######", CultureInfo.InvariantCulture);
}
