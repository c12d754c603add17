using SalesOps.Domain.Metrics;
using Xunit;
using static SalesOps.Domain.Tests.Examples;
using static SalesOps.Domain.Tests.Metrics.Paths;

namespace SalesOps.Domain.Tests.Metrics;

public sealed class ConversionTests
{
    [Fact]
    public void V9_each_stage_to_the_next_and_all_of_it()
    {
        var conversion = Of(ConversionMethod.Cohort);
        foreach (var (text, deals) in ((string, int)[])
            [("a1 b2 c3 d4 e5 won6", 20), ("a1 b2 c3 d4 e5 lost6", 30), ("a1 b2 c3 d4 lost6", 30), ("a1 b2 c3 lost6", 40),
             ("a1 b2 lost6", 180), ("a1 lost6", 700)])
        {
            for (var number = 0; number < deals; number++)
            {
                conversion.Add(Path(text));
            }
        }

        Assert.Equal([1000, 300, 120, 80, 50], conversion.Steps.Select(step => step.Entered));
        Assert.Equal([0.30m, 0.40m, 0.666667m, 0.625m, 0.40m], conversion.Steps.Select(Rate));
        Assert.Equal(0.02m, conversion.Overall!.Ratio.Value);
        Assert.All(conversion.Steps, step => Assert.True(step.IsMatured));
        Assert.Equal(("e", "won"), (conversion.Steps[^1].From, conversion.Steps[^1].To));
    }

    [Fact]
    public void Who_skips_a_stage_or_came_further_before_has_reached_it_and_who_wins_has_reached_all()
    {
        var conversion = Of(ConversionMethod.Cohort);
        conversion.Add(Path("a1 d2"));
        conversion.Add(Path("c1 b2"));
        conversion.Add(Path("b1 won2"));
        conversion.Add(Path("a1"));
        Assert.Equal("a 1/2 open 1, b 2/2 open 0, c 0/1 open 1, d 0/1 open 1, e 0/0 open 0", Text(conversion));
        Assert.False(conversion.Steps[1].IsMatured);
        Assert.Equal(Ratio.NoDenominator, conversion.Steps[^1].Ratio.Reason);
    }

    [Fact]
    public void A_cohort_is_of_those_who_first_came_into_the_stage_in_the_range()
    {
        var conversion = Of(ConversionMethod.Cohort, from: 5, to: 10);
        conversion.Add(Path("a1 b5 c12"));
        conversion.Add(Path("b4 c5 b6"));
        conversion.Add(Path("b10 c11"));
        Assert.Equal("a 0/0 open 0, b 1/1 open 0, c 0/1 open 1, d 0/0 open 0, e 0/0 open 0", Text(conversion));
    }

    [Fact]
    public void In_a_period_those_count_who_were_in_the_stage_in_it_and_moved_in_it()
    {
        var conversion = Of(ConversionMethod.Period, from: 5, to: 10);
        conversion.Add(Path("a1 b7"));
        conversion.Add(Path("a1 b12"));
        conversion.Add(Path("a1 b3 c20"));
        conversion.Add(Path("a1 lost4"));
        conversion.Add(Path("a1 won9"));
        conversion.Add(Path("a10"));
        Assert.Equal([(3, 2), (2, 0)], conversion.Steps.Take(2).Select(step => (step.Entered, step.Reached)));
    }

    [Fact]
    public void A_snapshot_is_how_many_are_in_the_next_stage_for_each_in_this_one()
    {
        var conversion = Of(ConversionMethod.Snapshot);
        conversion.Add(Path("a1"));
        conversion.Add(Path("a1"));
        conversion.Add(Path("a1 b2"));
        conversion.Add(Path("a1 b2 won3"));
        Assert.Equal(0.5m, conversion.Steps[0].Ratio.Value);
        Assert.Equal((1, 0), (conversion.Steps[1].Entered, conversion.Steps[1].Reached));
        Assert.Null(conversion.Overall);
    }

    [Fact]
    public void By_value_amounts_count_where_they_are_of_one_currency()
    {
        var conversion = Of(ConversionMethod.Cohort, weight: Weight.Value);
        conversion.Add(Path("a1 b2", Usd(300)));
        conversion.Add(Path("a1", Usd(100)));
        Assert.Equal(0.75m, conversion.Steps[0].Ratio.Value);
        conversion.Add(Path("a1", new Money(1, "EUR")));
        Assert.Equal(Ratio.MixedCurrencies, conversion.Steps[0].Ratio.Reason);
    }

    private static Conversion Of(ConversionMethod method, int? from = null, int? to = null, Weight weight = Weight.Count) =>
        new(Order, method, weight, (from is { } first ? Date(first) : null, to is { } end ? Date(end) : null), BusinessCalendar.Utc);

    private static decimal Rate(ConversionStep step) => decimal.Round(step.Ratio.Value!.Value, 6);

    private static string Text(Conversion conversion) => string.Join(
        ", ", conversion.Steps.Select(step => $"{step.From} {step.Reached}/{step.Entered} open {step.Open}"));
}
