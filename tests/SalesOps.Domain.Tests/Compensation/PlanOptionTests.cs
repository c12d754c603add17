using SalesOps.Domain.Compensation;
using Xunit;
using static SalesOps.Domain.Tests.Compensation.Compensated;

namespace SalesOps.Domain.Tests.Compensation;

/// <summary>Choices of a plan: soft caps, the way of halves, the rate of exchange, how draws are paid back (RULES R13 to R24).</summary>
public sealed class PlanOptionTests
{
    private static readonly FxQuote[] Quotes =
    [
        new("jan", "EUR", "USD", Day("2026-01-01"), 1.1m), new("feb", "EUR", "USD", Day("2026-02-01"), 1.3m),
        new("mar", "EUR", "USD", Day("2026-03-01"), 1.2m),
    ];

    [Fact]
    public void Above_a_soft_cap_pay_goes_on_at_a_part_of_the_rate()
    {
        var hard = Monthly(Bookings(Flat(0.1m), new Caps(Period: 100)));
        var soft = Monthly(Bookings(Flat(0.1m), new Caps(Period: 100, OverRate: 0.25m)));
        Credit[] credits = [Credit("d1", "2026-01-05", 800), Credit("d2", "2026-01-06", 600), Credit("d3", "2026-01-07", 400)];
        Assert.Equal([80, 20, 0], Pay(Term(hard), "2026-01", credits).Lines());
        var paid = Pay(Term(soft), "2026-01", credits);
        Assert.Equal([80, 30, 10], paid.Lines());
        Assert.Equal([0, 30, 30], paid.Periods[0].Lines.Select(line => line.Foregone));
        Assert.Equal("/components/0/caps/overRate", PlanRules.Fault(
            Monthly(Bookings(Flat(0.1m), new Caps(Period: 100, OverRate: 2))))?.Pointer);
        Assert.DoesNotContain(PlanLint.Find(hard), finding => finding.Code == "unbounded");
        Assert.Contains(PlanLint.Find(soft), finding => finding.Code == "unbounded");
    }

    [Fact]
    public void Halves_go_away_from_zero_or_to_the_even_one()
    {
        var plan = Monthly(Bookings(Flat(0.1m)));
        Credit[] credits = [Credit("d1", "2026-01-05", 1.25m), Credit("d2", "2026-01-06", 1.35m), Credit("d3", "2026-01-07", 1.36m)];
        Assert.Equal([0.13m, 0.14m, 0.14m], Pay(Term(plan), "2026-01", credits).Lines());
        Assert.Equal([0.12m, 0.14m, 0.14m], Pay(Term(plan with { Rounding = HalfRounding.HalfEven }), "2026-01", credits).Lines());
    }

    [Theory]
    [InlineData(null, 130)]
    [InlineData(FxRateType.BookingDate, 130)]
    [InlineData(FxRateType.PlanYear, 110)]
    [InlineData(FxRateType.PayDate, 120)]
    public void The_plan_says_which_days_rate_counts(FxRateType? type, decimal expected)
    {
        var plan = Quarterly(Bookings(Flat(0.1m))) with { FxRate = type };
        Assert.Equal([expected], PayIn(plan, Quotes).Lines());
    }

    [Fact]
    public void A_mean_is_over_the_days_of_the_plan_period_and_takes_all_of_them()
    {
        var plan = Quarterly(Bookings(Flat(0.1m))) with { FxRate = FxRateType.PeriodAverage };
        var line = Assert.Single(PayIn(plan, Quotes).Periods[0].Lines);
        Assert.Equal(decimal.Round(100 * ((31 * 1.1m) + (28 * 1.3m) + (31 * 1.2m)) / 90, 2), line.Amount);
        Assert.Equal(["jan", "mar"], line.Inputs.Fx!.Quotes.Select(quote => quote.Id));
        var input = Input(Term(plan), "2026-Q1", Euros()) with { Rates = new(Quotes[1..]) };
        var refusal = CompensationEngine.Refuse(input);
        Assert.Equal(("rate-missing", "/credits/0/amount"), (refusal?.Code, refusal?.Pointer));
        Assert.Null(CompensationEngine.Refuse(input with { Terms = [Term(plan with { FxRate = null })] }));
    }

    [Fact]
    public void A_draw_is_paid_back_by_a_part_of_the_pay_and_down_to_a_floor_where_the_plan_says_so()
    {
        var draw = new Draw(DrawKind.Guarantee, Recoverable: true, 2_000);
        Credit[] credits = [Credit("d1", "2026-01-05", 10_000), Credit("d2", "2026-02-05", 30_000), Credit("d3", "2026-03-05", 30_000)];
        Assert.Equal([2_000, 2_000, 3_000], PaidBy(draw));
        Assert.Equal([2_000, 2_500, 2_500], PaidBy(draw with { RecoveryRate = 0.5m }));
        Assert.Equal([2_000, 2_250, 2_750], PaidBy(draw with { RecoveryRate = 0.5m, RecoverAbove = 1_500 }));
        Assert.Equal("/draw/recoveryRate", Fault(draw with { RecoveryRate = 1.5m })?.Pointer);
        Assert.Equal("/draw/recoverAbove", Fault(draw with { RecoverAbove = 2_500 })?.Pointer);
        Assert.Equal("draw-not-owed", Fault(draw with { Recoverable = false, RecoveryRate = 0.5m })?.Code);

        decimal[] PaidBy(Draw of) => Pay(Term(Monthly(Bookings(Flat(0.1m))) with { Draw = of }), "2026-01..2026-03", credits).Paid();
    }

    private static Rejection? Fault(Draw draw) => PlanRules.Fault(Monthly(Bookings(Flat(0.1m))) with { Draw = draw });

    private static Credit Euros() => new("d1", Day("2026-02-10"), new Money(1_000, "EUR"));

    private static CompensationResult PayIn(Plan plan, FxQuote[] quotes) =>
        Pay(Input(Term(plan), "2026-Q1", Euros()) with { Rates = new(quotes) });
}
