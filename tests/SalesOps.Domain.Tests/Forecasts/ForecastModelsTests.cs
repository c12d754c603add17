using FsCheck.Fluent;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Tests.Properties;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Forecasts;

public sealed class ForecastModelsTests
{
    private static readonly Period January = Period.MonthOf(Date(1));

    [Fact]
    public void What_is_open_counts_by_the_probability_of_its_stage()
    {
        var five = new PipelineFact("Five", [.. new[] { 0.10m, 0.25m, 0.50m, 0.75m, 1m }.Select((probability, index) =>
            new StageFact(new($"s{index}"), "S", probability, ForecastCategory.Pipeline))]);
        decimal[] amounts = [100_000, 90_000, 80_000, 50_000, 25_000];
        var known = Known(20, [.. amounts.Select((amount, index) => Open($"d{index}", amount, 1, 25, stage: $"s{index}"))]);
        Assert.Equal([new(Usd(135_000))], ForecastModels.Of(ForecastModel.ClosedPlusWeighted, known, _ => five).Amounts);
    }

    [Fact]
    public void What_was_won_in_the_period_counts_whole_and_what_is_expected_elsewhere_or_omitted_not_at_all()
    {
        var known = Known(
            20,
            Won("w", 500, 1, 10), Won("before", 900, -40, -5), Open("p", 100, 1, 25), Open("next", 100, 1, 35),
            new(new("omitted"), [Row(1, null, Moment(100, 1, 25) with { Category = ForecastCategory.Omitted })]));
        var said = Of(ForecastModel.ClosedPlusWeighted, known);
        Assert.Equal([new(Usd(510))], said.Amounts);
        Assert.Equal((1, 0), (said.Deals, said.Excluded));
        Assert.Equal(510, ForecastModels.ClosedPlusWeightedByOwner(known, _ => Default)[(Ada, "USD")]);
    }

    [Fact]
    public void Deals_of_a_stage_and_age_fare_as_such_deals_have_fared()
    {
        // In prospecting, young: one of two was won; nobody was old there, so an old one goes by the stage.
        var history = new[] { Won("w", 1, 1, 5), LostDeal("l", 1, 5) };
        Assert.Equal([new(Usd(51))], Of(ForecastModel.StageAgeWinRate, Known(20, [.. history, Open("o", 100, 10, 25)])).Amounts);
        Assert.Equal([new(Usd(51))], Of(ForecastModel.StageAgeWinRate, Known(20, [.. history, Open("o", 100, -200, 25)])).Amounts);
        var elsewhere = Of(ForecastModel.StageAgeWinRate, Known(20, [.. history, Open("o", 100, 10, 25, stage: "proposal")]));
        Assert.Equal([new(Usd(1))], elsewhere.Amounts);
        Assert.Equal(1, elsewhere.Excluded);
    }

    [Fact]
    public void The_pace_of_the_past_goes_on_over_the_days_that_are_left()
    {
        // 10 a day for 31 days up to the 20th: 200 in January so far, and 11 days are left.
        var known = Known(20, [.. Enumerable.Range(-10, 31).Select(day => Won($"w{day}", 10, -60, day))]);
        Assert.Equal([new(Usd(310))], Of(ForecastModel.RunRate, known).Amounts);
        Assert.Equal(ForecastModels.NoHistory, Of(ForecastModel.RunRate, Known(20, Won("w", 10, 1, 10))).Reason);
        Assert.Equal(ForecastModels.NoHistory, Of(ForecastModel.RunRate, Known(20, Won("old", 10, -900, -700))).Reason);
    }

    [Fact]
    public void A_season_weighs_its_months_once_there_is_a_year_of_them()
    {
        // January brings three times what any other month does.
        var won = new Dictionary<DateOnly, decimal>();
        for (var day = new DateOnly(2024, 1, 1); day < new DateOnly(2026, 1, 1); day = day.AddDays(1))
        {
            won[day] = day.Month == 1 ? 3 : 1;
        }

        var seasons = new Seasons(won, new(2024, 1, 1), new(2026, 1, 1));
        var (january, march) = (seasons.WeightOf(Date(1), Date(11)), seasons.WeightOf(new(2026, 3, 1), new(2026, 3, 11)));
        Assert.Equal(3, decimal.Round(january / march, 10));
        Assert.Equal(10, new Seasons(won, new(2025, 2, 1), new(2026, 1, 1)).WeightOf(Date(1), Date(11)));
    }

    [Fact]
    public void A_simulation_draws_the_same_for_the_same_deals()
    {
        var deals = Enumerable.Range(0, 100).Select(index => (new DealId($"d{index}"), 10m, 0.5m)).ToArray();
        var first = Simulation.Draw(1000, deals);
        Assert.Equal(first, Simulation.Draw(1000, deals));

        // The median of 100 throws of a coin is 50; nine of ten lie between 42 and 58.
        Assert.InRange(first.P50, 1490, 1510);
        Assert.InRange(first.P10, 1420, 1450);
        Assert.InRange(first.P90, 1550, 1580);
        Assert.Equal((7, 7, 7), Simulation.Draw(7, [(new DealId("never"), 10, 0)]));
        Assert.Equal((17, 17, 17), Simulation.Draw(7, [(new DealId("always"), 10, 1)]));
    }

    [Fact]
    public void A_model_without_history_or_deals_says_nothing_and_why()
    {
        var unclosed = Known(20, Open("o", 100, 1, 25));
        Assert.All(
            [ForecastModel.StageAgeWinRate, ForecastModel.RunRate, ForecastModel.Simulation],
            model => Assert.Equal((0, ForecastModels.NoHistory), (Of(model, unclosed).Amounts.Count, Of(model, unclosed).Reason)));
        Assert.Equal(ForecastModels.NoDeals, Of(ForecastModel.ClosedPlusWeighted, Known(20)).Reason);
    }

    /// <summary>Whatever becomes known later, a forecast made by then stays as it was.</summary>
    [Fact]
    public void Nothing_that_was_learned_later_moves_a_forecast() =>
        Prop.ForAll<(byte Kind, byte Deal, byte Effective, byte Known)[], byte>((steps, at) =>
        {
            var week = Day(1 + (at % 28));
            Assert.Equal(Forecasts(steps.Where(step => Day(1 + (step.Known % 28)) <= week)), Forecasts(steps));

            string Forecasts(IEnumerable<(byte Kind, byte Deal, byte Effective, byte Known)> all)
            {
                var known = new ModelKnowledge(week, week, BusinessCalendar.Utc.DateOf(week), January);
                foreach (var deal in all.GroupBy(step => step.Deal % 3).OrderBy(deal => deal.Key))
                {
                    var facts = deal.Select((step, index) => (
                        new Fact<object>(
                            new(index + 1, 0, 0, new byte[8]), index + 1, Day(1 + (step.Effective % 28)), Day(31), EventOf(step)),
                        (DateTimeOffset?)Day(1 + (step.Known % 28)))).ToArray();
                    known.Add(new(
                        new($"d{deal.Key}"), SourceKnowledge.RowsOf(facts, Deal.Decider, DealMoment.Of)));
                }

                return string.Join('\n', Enum.GetValues<ForecastModel>()
                    .Select(model => Of(model, known)).Select(said => $"{said.Reason} {string.Join(',', said.Amounts)}"));
            }
        }).Check();

    [Fact]
    public void Control_a_forecast_moves_by_what_is_learned_in_time() => Assert.NotEqual(
        Of(ForecastModel.ClosedPlusWeighted, Known(20, Open("p", 100, 1, 25))).Amounts,
        Of(ForecastModel.ClosedPlusWeighted, Known(20, Open("p", 100, 1, 25), Open("q", 100, 1, 25))).Amounts);

    [Fact]
    public void A_fact_without_a_time_of_its_source_is_known_when_it_was_recorded()
    {
        Fact<object>[] facts =
        [
            new(Guid.Parse("00000000-0000-0000-0000-000000000001"), 1, Day(1), Day(30), Opened(amount: Usd(5))),
            new(Guid.Parse("00000000-0000-0000-0000-000000000002"), 2, Day(2), Day(31), new DealEvent.AmountChanged(Usd(9))),
        ];
        var past = new DealPast(new("d"), SourceKnowledge.RowsOf([(facts[0], Day(3)), (facts[1], null)], Deal.Decider, DealMoment.Of));
        Assert.Null(past.At(Day(5), Day(2)));
        Assert.Equal(Usd(5), past.At(Day(5), Day(3))?.Amount);
        Assert.Equal(Usd(5), past.At(Day(1), Day(31))?.Amount);
        Assert.Equal(Usd(9), past.At(Day(5), Day(31))?.Amount);
    }

    private static PipelineFact Default => PipelineFact.Of(Standard)!;

    private static ModelForecast Of(ForecastModel model, ModelKnowledge known) => ForecastModels.Of(model, known, _ => Default);

    private static DealEvent EventOf((byte Kind, byte Deal, byte Effective, byte Known) step) => (step.Kind % 5) switch
    {
        0 or 1 => new DealEvent.Opened(
            "D", Pipeline.DefaultId, Prospecting, OwnerId: Ada, Amount: Usd(step.Kind), ExpectedClose: Date(28)),
        2 => new DealEvent.AmountChanged(Usd(step.Kind)),
        3 => Examples.Won(1 + (step.Effective % 28), Usd(step.Kind)),
        _ => Examples.Lost(1 + (step.Effective % 28)),
    };

    /// <summary>As of the end of a day of January 2026.</summary>
    private static ModelKnowledge Known(int day, params DealPast[] deals)
    {
        var known = new ModelKnowledge(EndOf(day), EndOf(day), Date(day), January);
        foreach (var deal in deals)
        {
            known.Add(deal);
        }

        return known;
    }

    private static DateOnly On(int day) => Date(1).AddDays(day - 1);

    private static DealMoment Moment(decimal amount, int opened, int? expected, string stage = "prospecting") => new(
        DealStatus.Open, Pipeline.DefaultId, new(stage), Usd(amount), Ada, null, expected is { } day ? On(day) : null,
        On(opened), null, []);

    private static DealPast Open(string id, decimal amount, int opened, int expected, string stage = "prospecting") =>
        new(new(id), [Row(opened, null, Moment(amount, opened, expected, stage))]);

    private static DealPast Won(string id, decimal amount, int opened, int on) => Closed(id, amount, opened, on, DealStatus.Won);

    private static DealPast LostDeal(string id, int opened, int on) => Closed(id, 1, opened, on, DealStatus.Lost);

    private static DealPast Closed(string id, decimal amount, int opened, int on, DealStatus status)
    {
        var open = Moment(amount, opened, null);
        return new(new(id), [Row(opened, on, open), Row(on, null, open with
        {
            Status = status,
            ClosedOn = On(on),
            Visits = [new(open.Stage, BusinessCalendar.Utc.StartOf(On(opened)))],
        })]);
    }

    private static KnownRow<DealMoment> Row(int from, int? to, DealMoment moment) => new(
        BusinessCalendar.Utc.StartOf(On(from)), to is { } day ? BusinessCalendar.Utc.StartOf(On(day)) : DateTimeOffset.MaxValue,
        DateTimeOffset.MinValue, DateTimeOffset.MaxValue, moment);
}
