using SalesOps.Domain.Compensation;
using Xunit;
using static SalesOps.Domain.Tests.Compensation.Compensated;

namespace SalesOps.Domain.Tests.Compensation;

/// <summary>Splits, overrides, SPIFFs, contests and currencies (RULES R14, R15, R23).</summary>
public sealed class CreditingTests
{
    private const string Month = "2026-01";

    private static readonly Plan Flat10 = Monthly(Bookings(Flat(0.1m)));

    [Fact]
    public void Splits_share_pay_and_overlays_have_their_own_component()
    {
        var credit = Credit("a", "2026-01-15", 80_000);
        Assert.Equal(5_600, Pay(Term(Flat10), Month, credit with { Percent = 70 }).Total);
        Assert.Equal(2_400, Pay(Term(Flat10), Month, credit with { Percent = 30 }).Total);
        Assert.Equal(
            [4, 1],
            Usd(0.05m).Allocate([70, 30]).Select(share => 100 * Pay(
                Term(Monthly(Bookings(Flat(1)))), Month, Credit("a", "2026-01-15", 0.05m) with { Share = share }).Total));

        var plan = Monthly(
            Bookings(Flat(0.1m)) with { AppliesTo = new CreditFilter(Kinds: ["revenue"]) },
            new Component("overlay", Measure.Bookings, Flat(0.01m), new CreditFilter(Kinds: ["overlay"])));
        Assert.Equal([8_000, 800], Pay(Term(plan), Month, credit, credit with { Id = "b", Kind = "overlay" }).Lines());
    }

    [Fact]
    public void A_component_may_count_some_products_only()
    {
        var plan = Monthly(Bookings(Flat(0.1m)) with { AppliesTo = new CreditFilter(["p1"]) });
        var credit = Credit("a", "2026-01-15", 1_000);
        Assert.Equal(0, Pay(Term(plan), Month, credit with { Products = [new("p2", 1)] }).Total);
        Assert.Equal(100, Pay(Term(plan), Month, credit with { Products = [new("p2", 1), new("p1", 1)] }).Total);
    }

    [Fact]
    public void A_manager_earns_by_level_and_a_deal_reaches_them_once()
    {
        var plan = Flat10 with { Overrides = [new(1, 0.02m), new(2, 0.01m)] };
        var result = Pay(
            Term(plan), Month,
            Credit("a", "2026-01-10", 10_000) with { Level = 1, RepId = "ann" },
            Credit("a2", "2026-01-10", 10_000) with { Level = 2, RepId = "ann", DealId = "a" },
            Credit("b", "2026-01-11", 20_000) with { Level = 2, RepId = "bo" },
            Credit("c", "2026-01-12", 1_000));
        Assert.Equal([200, 200, 100], result.Lines());
        Assert.Equal(("override", 2), (result.Periods[0].Lines[1].Rule, result.Periods[0].Lines[1].Inputs.Level));
        Assert.Equal(1_000, result.Periods[0].Credited);
    }

    [Fact]
    public void Both_parts_of_a_split_deal_reach_the_manager_of_both()
    {
        var plan = Flat10 with { Overrides = [new(1, 0.02m, "base")] };
        var result = Pay(
            Term(plan), Month,
            Credit("a", "2026-01-10", 10_000) with { Level = 1, RepId = "ann", Percent = 70 },
            Credit("a", "2026-01-10", 10_000) with { Level = 1, RepId = "bo", Percent = 30 });
        Assert.Equal(200, result.Total);
    }

    [Fact]
    public void An_override_of_a_cancelled_deal_is_taken_back()
    {
        var plan = Flat10 with { Overrides = [new(1, 0.02m)], Clawback = new Clawback(ClawbackMethod.Full) };
        var credit = Credit("a", "2026-01-10", 10_000) with { Level = 1, RepId = "ann" };
        Assert.Equal([200, -200], Pay(Term(plan), Month, credit with { CancelledOn = Day("2026-01-20") }).Lines());
        var late = Pay(Term(plan), "2026-01..2026-02", credit with { CancelledOn = Day("2026-02-20") });
        Assert.Equal((200, 200), (late.Periods[0].Paid, late.Periods[1].Clawback));
    }

    [Fact]
    public void A_spiff_pays_per_unit_or_per_order_within_its_days()
    {
        Credit Sold(string id, string on, decimal units) => Credit(id, on, 0) with { Units = units };
        Credit[] credits = [Sold("a", "2025-12-31", 5), Sold("b", "2026-01-01", 3), Sold("c", "2026-01-31", 2), Sold("d", "2026-02-01", 9)];
        var perUnit = Flat10 with { Spiffs = [Contest(SpiffTrigger.PerUnit, 20)] };
        Assert.Equal([0, 100, 0], Pay(Term(perUnit), "2025-12 2026-01 2026-02", credits).Paid());
        var perOrder = Flat10 with { Spiffs = [Contest(SpiffTrigger.PerOrder, 20) with { MinQuantity = 3 }] };
        Assert.Equal([0, 20, 0], Pay(Term(perOrder), "2025-12 2026-01 2026-02", credits).Paid());
    }

    [Fact]
    public void The_first_n_orders_of_all_win()
    {
        var plan = Flat10 with { Spiffs = [Contest(SpiffTrigger.FirstN, 500) with { Places = 2 }] };
        Credit[] own = [Credit("b", "2026-01-03", 0), Credit("c", "2026-01-05", 0), Credit("d", "2026-01-06", 0)];
        Assert.Equal(1_000, Pay(Term(plan), Month, own).Total);
        var input = Input(Term(plan), Month, own) with { Rivals = [new("other", [Credit("a", "2026-01-04", 100)])] };
        Assert.Equal([500], Pay(input).Lines());
    }

    [Fact]
    public void A_ranking_is_decided_on_its_last_day()
    {
        var plan = Flat10 with { Spiffs = [Contest(SpiffTrigger.Ranking, 500) with { Places = 2, NonCash = true }] };
        var input = Input(Term(plan), Month, Credit("a", "2026-01-10", 1_000)) with
        {
            Rivals = [new("x", [Credit("b", "2026-01-11", 2_000)]), new("y", [Credit("c", "2026-01-11", 900)])],
        };
        var period = Pay(input).Periods[0];
        Assert.Equal((100, 500, 100), (period.Earned, period.NonCash, period.Paid));
        Assert.Equal((null, 2, Day("2026-01-31")), (period.Lines[1].CreditId, period.Lines[1].Inputs.Rank, period.Lines[1].On));
        var beaten = input with { Rivals = [.. input.Rivals, new("z", [Credit("d", "2026-01-12", 1_001)])] };
        Assert.Equal(0, Pay(beaten).Periods[0].NonCash);
    }

    [Fact]
    public void Spiffs_are_outside_the_caps()
    {
        var plan = Monthly(Bookings(Flat(0.1m), new Caps(Period: 50))) with { Spiffs = [Contest(SpiffTrigger.PerOrder, 20)] };
        Assert.Equal(70, Pay(Term(plan), Month, Credit("a", "2026-01-10", 1_000)).Total);
    }

    [Fact]
    public void A_foreign_credit_is_converted_by_the_rate_in_force_on_its_date()
    {
        var rates = new FxRates(
        [
            new("r1", "USD", "AUD", Day("2026-01-01"), 1.39m), new("r2", "USD", "AUD", Day("2026-02-01"), 1.42m),
            new("r3", "USD", "AUD", Day("2026-03-01"), null),
        ]);
        var plan = Flat10 with { Currency = "AUD" };
        Credit[] credits = [Credit("a", "2026-01-31", 1_000), Credit("b", "2026-02-01", 1_000)];
        var input = Input(Term(plan), "2026-01..2026-03", credits) with { Rates = rates };
        Assert.Equal([139, 142, 0], Pay(input).Paid());
        Assert.Equal("r1", Pay(input).Periods[0].Lines[0].Inputs.Fx!.Quotes[0].Id);
        foreach (var day in new[] { "2025-12-31", "2026-03-01" })
        {
            var missing = CompensationEngine.Refuse(input with { Credits = [Credit("a", "2026-01-31", 1), Credit("c", day, 1)] });
            Assert.Equal(("rate-missing", "/credits/1/amount"), (missing!.Code, missing.Pointer));
        }
    }

    [Fact]
    public void A_rate_is_direct_else_inverted_else_through_one_base()
    {
        var rates = new FxRates(
        [
            new("usd", "EUR", "USD", Day("2026-01-01"), 1.25m), new("gbp", "EUR", "GBP", Day("2026-01-01"), 0.8m),
            new("direct", "GBP", "CHF", Day("2026-01-01"), 1.1m),
        ]);
        Assert.Equal(1.25m, rates.Find("EUR", "USD", Day("2026-05-05"))!.Rate);
        Assert.Equal(0.8m, rates.Find("USD", "EUR", Day("2026-05-05"))!.Rate);
        Assert.Equal(0.64m, rates.Find("USD", "GBP", Day("2026-05-05"))!.Rate);
        Assert.Equal(["usd", "gbp"], rates.Find("USD", "GBP", Day("2026-05-05"))!.Quotes.Select(quote => quote.Id));
        Assert.Null(rates.Find("USD", "CHF", Day("2026-05-05")));
    }

    private static Spiff Contest(SpiffTrigger trigger, decimal reward) =>
        new("contest", Day("2026-01-01"), Day("2026-02-01"), trigger, reward);
}
