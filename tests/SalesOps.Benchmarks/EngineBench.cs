using SalesOps.Domain;
using SalesOps.Domain.Compensation;

namespace SalesOps.Benchmarks;

/// <summary>
/// The compensation engine on one core: reps with a year of credits each, by a marginal plan with accelerators, by a
/// retroactive one, and by one that pays on cash with holdback, clawback and draw.
/// </summary>
internal static class EngineBench
{
    private const int Months = 12;
    private const int CreditsPerMonth = 100;

    public static Task RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        foreach (var (name, plan) in Plans())
        {
            var input = InputOf(plan, options.Seed);
            Run(input, seconds: 1, cancellation);
            var (reps, seconds) = Run(input, options.Seconds, cancellation);
            new Figure("engine", name) { PerSecond = reps * (double)input.Credits.Count / seconds }.Print();
        }

        return Task.CompletedTask;
    }

    /// <summary>Time of the processor, collector included: what others do on the machine doesn't count.</summary>
    private static (int Reps, double Seconds) Run(CompensationInput input, int seconds, CancellationToken cancellation)
    {
        var began = Environment.CpuUsage.TotalTime;
        var reps = 0;
        while (Environment.CpuUsage.TotalTime - began < TimeSpan.FromSeconds(seconds) && !cancellation.IsCancellationRequested)
        {
            CompensationEngine.Compute(input);
            reps++;
        }

        return (reps, (Environment.CpuUsage.TotalTime - began).TotalSeconds);
    }

    private static IEnumerable<(string Name, Plan Plan)> Plans()
    {
        var marginal = new Plan("Marginal", "USD", PlanPeriod.Month,
        [
            new Component(
                "base", Measure.Bookings,
                new RateTable(RateKind.Marginal, RateUnit.Attainment, [new(0, 0.05m), new(1, 0.08m), new(1.5m, 0.12m)]),
                Multipliers: [new(1, 1.25m)]),
        ]);
        yield return ("marginal", marginal);
        yield return ("retroactive", marginal with
        {
            Components =
            [
                new Component(
                    "base", Measure.Bookings,
                    new RateTable(RateKind.Retroactive, RateUnit.Attainment, [new(0, 0.05m), new(1, 0.08m), new(1.5m, 0.12m)])),
            ],
        });
        yield return ("cash", marginal with
        {
            PayOn = PayOn.Cash,
            Holdback = new Holdback(10, AfterDays: 60),
            Clawback = new Clawback(ClawbackMethod.ProRata, TermMonths: 12),
            Draw = new Draw(DrawKind.Guarantee, true, 2_000),
        });
    }

    private static CompensationInput InputOf(Plan plan, int seed)
    {
        var random = new Random(seed);
        var credits = Enumerable.Range(0, Months * CreditsPerMonth).Select(index =>
        {
            var on = new DateOnly(2026, 1 + (index / CreditsPerMonth), 1 + (index % 28));
            var amount = new Money(random.Next(100, 500_000) / 100m, "USD");
            return new Credit($"deal-{index:0000}", on, amount)
            {
                Collected = plan.PayOn == PayOn.Cash ? [new(on.AddDays(30), amount)] : [],
                CancelledOn = index % 50 == 0 ? on.AddDays(45) : null,
            };
        });
        var version = new PlanVersion(new PlanId("bench"), 1, string.Empty, plan);
        return new(
            "rep", [new(version, new DateOnly(2026, 1, 1), 10_000, 200_000)], [.. credits],
            [.. new Period(new(2026, 1, 1), new(2027, 1, 1)).Months()]);
    }
}
