using FsCheck;
using FsCheck.Fluent;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Tests.Properties;
using Xunit;
using static SalesOps.Domain.Tests.Compensation.Compensated;

namespace SalesOps.Domain.Tests.Compensation;

/// <summary>What holds of every plan and every set of credits.</summary>
public sealed class CompensationProperties
{
    private static readonly RateKind[] Kinds = [RateKind.Marginal, RateKind.Retroactive, RateKind.WholeDeal];

    [Fact]
    public void Marginal_pay_is_continuous_and_does_not_ask_which_tier_a_bound_is_in() =>
        Prop.ForAll<PositiveInt, PositiveInt, byte>((width, sold, rates) =>
        {
            var table = Rates(
                RateKind.Marginal, RateUnit.Amount, T(0, rates % 7 / 100m), T(width.Get, rates % 11 / 100m),
                T(width.Get * 3m, rates % 5 / 100m));
            foreach (var x in new decimal[] { sold.Get, width.Get, width.Get * 3m })
            {
                Assert.Equal(Earned(table, x), Earned(table with { Boundary = TierBoundary.Lower }, x));
                Assert.True(Math.Abs(Earned(table, x + 0.01m) - Earned(table, x)) <= 0.01m);
            }
        }).Check();

    [Fact]
    public void The_lines_come_to_what_the_total_earns() => Prop.ForAll<int[], byte>((amounts, seed) =>
    {
        var table = TableOf(seed);
        var credits = CreditsOf(amounts);
        var result = Pay(Term(Monthly(Bookings(table))), "2026-01", credits);
        var sum = credits.Sum(credit => credit.Amount!.Value.Amount);
        if (table.Kind != RateKind.WholeDeal)
        {
            var total = table.Kind == RateKind.Marginal ? Marginal(table, sum) : Retroactive(table, sum);
            Assert.True(Math.Abs(result.Total - total) <= 0.005m * result.Lines().Length, $"{result.Total} for {total}");
        }
    }).Check();

    [Fact]
    public void Cancelling_everything_before_release_leaves_nothing() => Prop.ForAll<int[], byte>((amounts, seed) =>
    {
        var plan = Monthly(Bookings(TableOf(seed), seed % 2 == 0 ? new Caps(Deal: 700, Period: 1_500) : null)) with
        {
            Holdback = new Holdback(seed % 50),
        };
        var credits = CreditsOf(amounts).Select(credit => credit with
        {
            CancelledOn = Day("2026-01-15").AddDays((int)credit.Amount!.Value.Amount % 10),
        });
        var period = Pay(Term(plan), "2026-01", [.. credits]).Periods[0];
        Assert.Equal((0, 0, 0, 0), (period.Earned, period.Paid, period.Credited, period.Held));
    }).Check();

    [Fact]
    public void Taking_back_the_last_credit_gives_the_exact_previous_total() =>
        Prop.ForAll<int[], byte, PositiveInt>((amounts, seed, last) =>
    {
        var plan = Monthly(Bookings(TableOf(seed)));
        var credits = CreditsOf(amounts);
        var cancelled = Credit("z", "2026-01-14", last.Get) with { CancelledOn = Day("2026-01-20") };
        Assert.Equal(Pay(Term(plan), "2026-01", credits).Total, Pay(Term(plan), "2026-01", [.. credits, cancelled]).Total);
    }).Check();

    [Fact]
    public void What_is_paid_is_what_is_earned_and_what_draws_leave() => Prop.ForAll<PositiveInt[], byte>((earned, seed) =>
    {
        var draw = new Draw(
            seed % 2 == 0 ? DrawKind.Guarantee : DrawKind.Additional, seed % 3 != 0, seed, seed % 6 == 1 ? Day("2026-03-15") : null);
        var plan = Monthly(Bookings(Flat(1))) with { Draw = draw };
        var credits = earned.Take(6).Select((amount, index) => Credit($"c{index}", $"2026-0{index + 1}-10", amount.Get * 7)).ToArray();
        var result = Pay(Term(plan), "2026-01..2026-06", credits);
        var granted = draw.Recoverable ? 0 : result.Periods.Sum(period => period.DrawTopUp);
        Assert.Equal(
            result.Periods.Sum(period => period.Earned) + result.Periods[^1].DrawBalance
            + result.Periods.Sum(period => period.DrawForgiven) + granted,
            result.Total);
    }).Check();

    [Fact]
    public void Splits_come_to_the_whole_deal() => Prop.ForAll<int, PositiveInt, PositiveInt>((cents, first, second) =>
    {
        decimal[] percents = [first.Get % 50, second.Get % 50, 100 - (first.Get % 50) - (second.Get % 50)];
        var shares = Usd(cents / 100m).Allocate(percents);
        var total = shares.Sum(share => Pay(
            Term(Monthly(Bookings(Flat(1)))), "2026-01", Credit("a", "2026-01-10", cents / 100m) with { Share = share }).Periods[0].Earned);
        Assert.Equal(cents / 100m, total);
    }).Check();

    [Fact]
    public void A_change_to_the_same_plan_pays_the_same_by_deal_date_and_carried() => Prop.ForAll<int[], byte, byte>((amounts, seed, day) =>
    {
        var plan = Monthly(Bookings(TableOf(seed) with { Unit = RateUnit.Attainment, Tiers = [T(0, 0.05m), T(1, 0.1m), T(1.5m, 0.2m)] }));
        var credits = CreditsOf(amounts);
        var unchanged = Pay(Term(plan, 1_000), "2026-01", credits);
        foreach (var policy in new[] { PlanChange.DealDate, PlanChange.Carry, PlanChange.Blended })
        {
            var changed = Term(plan with { OnChange = policy }, 1_000, from: $"2026-01-{(day % 28) + 1:00}", number: 2);
            var result = Pay(Input(Term(plan, 1_000), "2026-01", credits) with { Terms = [Term(plan, 1_000), changed] });
            Assert.Equal(unchanged.Total, result.Total);
        }
    }).Check();

    [Fact]
    public void The_movements_explain_every_figure() => Prop.ForAll<int[], byte>((amounts, seed) =>
    {
        var plan = Monthly(Bookings(TableOf(seed))) with
        {
            PayOn = seed % 2 == 0 ? PayOn.Cash : PayOn.Booking,
            Holdback = seed % 3 == 0 ? new Holdback(10, AfterDays: 40) : null,
            Clawback = new Clawback(ClawbackMethod.Full, MaxRecoveryShare: 0.5m),
            Draw = seed % 5 == 0 ? new Draw(DrawKind.Guarantee, true, 50) : null,
        };
        var credits = amounts.Take(12).Select((amount, index) =>
        {
            var value = Math.Abs(amount * 53 % 1_000) + 1;
            return Credit($"c{index}", $"2026-0{(index % 3) + 1}-1{index % 10}", value) with
            {
                Collected = [Cash($"2026-0{(index % 3) + 2}-05", value / 3), Cash($"2026-0{(index % 3) + 3}-05", value - (value / 3))],
                CancelledOn = amount % 4 == 0 ? Day($"2026-0{(index % 3) + 1 + (Math.Abs(amount) % 3)}-28") : null,
            };
        }).ToArray();
        var result = Pay(Term(plan), "2026-01..2026-08", credits);
        foreach (var period in result.Periods)
        {
            decimal Sum(MovementKind kind) => period.Movements.Where(movement => movement.Kind == kind).Sum(movement => movement.Amount);
            Assert.Equal(
                period.Paid,
                Sum(MovementKind.Released) - Sum(MovementKind.Held) + Sum(MovementKind.HoldbackReleased) + Sum(MovementKind.Overdrawn)
                - Sum(MovementKind.ClawbackNetted) + Sum(MovementKind.DrawAdvanced) + Sum(MovementKind.DrawGranted)
                - Sum(MovementKind.DrawRecovered));
            Assert.Equal(
                period.Earned, Sum(MovementKind.Earned) - Sum(MovementKind.UnreleasedCancelled) - Sum(MovementKind.HoldbackForfeited));
            Assert.True(period.Paid >= 0);
        }

        // Nothing stays behind: what was earned was paid, is held, was never collected, or was clawed back.
        decimal All(params MovementKind[] kinds) => result.Periods.SelectMany(period => period.Movements)
            .Where(movement => kinds.Contains(movement.Kind)).Sum(movement => movement.Amount);
        Assert.Equal(
            result.Periods[^1].ClawbackBalance,
            All(MovementKind.ClawedBack, MovementKind.Overdrawn) - All(MovementKind.ClawbackNetted));
    }).Check();

    /// <summary>As RULES R11 writes it: Σ r·max(0, min(x, b) − b′).</summary>
    private static decimal Marginal(RateTable table, decimal x) => table.Tiers.Index().Sum(tier =>
        tier.Item.Rate!.Value * Math.Max(
            0, Math.Min(x, tier.Index + 1 < table.Tiers.Count ? table.Tiers[tier.Index + 1].From : x) - tier.Item.From));

    /// <summary>r(x)·x.</summary>
    private static decimal Retroactive(RateTable table, decimal x) => table.Tiers.Last(tier => tier.From <= x).Rate!.Value * x;

    private static decimal Earned(RateTable table, decimal sold) =>
        Pay(Term(Monthly(Bookings(table))), "2026-01", Credit("a", "2026-01-10", sold)).Total;

    private static RateTable TableOf(byte seed) => Rates(
        Kinds[seed % Kinds.Length], RateUnit.Amount, T(0, 0.03m + (seed % 4 / 100m)), T(700 + seed, 0.08m), T(2_100 + seed, 0.12m));

    private static Credit[] CreditsOf(int[] amounts) =>
    [
        .. amounts.Take(8).Select((amount, index) => Credit($"c{index}", $"2026-01-0{index + 1}", Math.Abs(amount * 53 % 1_000) + 1.37m)),
    ];
}
