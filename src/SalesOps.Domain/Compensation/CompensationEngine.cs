namespace SalesOps.Domain.Compensation;

/// <summary>From credits to pay, purely (RULES R10 to R24): the same input gives the same result for ever.</summary>
public static class CompensationEngine
{
    /// <summary>Changes with any change of what the engine computes; statements carry it.</summary>
    public const string Version = "2";

    /// <summary>The order of calculation (RULES R21).</summary>
    private static readonly (string Name, Action<Calculation> Run)[] Order =
    [
        ("eligibility", Eligibility.Select),
        ("credit date and currency", Eligibility.Convert),
        ("crediting: overrides", Overrides.Credit),
        ("accumulate, tier or curve, multipliers", Accumulation.Run),
        ("gates", Accumulation.ApplyGates),
        ("caps: deal, period, year", CapLimits.Apply),
        ("SPIFFs", Spiffs.Award),
        ("round lines", Release.RoundLines),
        ("holdback, cash gate", Release.FallDue),
        ("clawbacks", Clawbacks.Claw),
    ];

    /// <summary>The names of the steps in their order; draws and balances are settled last, period by period.</summary>
    public static IReadOnlyList<string> Steps { get; } = [.. Order.Select(step => step.Name), "draw", "post"];

    /// <summary>Why no result can be made of an input; null where <see cref="Compute"/> makes one.</summary>
    public static Rejection? Refuse(CompensationInput input) => InputCheck.Refuse(input);

    /// <summary>
    /// All that a person earns in the periods asked for; the first one reckoned is that of the earliest credit, if that is
    /// earlier.
    /// </summary>
    /// <param name="input">Nothing that <see cref="Refuse"/> refuses.</param>
    public static CompensationResult Compute(CompensationInput input)
    {
        var plan = input.Terms[0].Version.Plan;
        var asked = PayCalendar.MonthsOf(input.Periods[0]);
        var months = Math.Min(asked, PayCalendar.MonthsOf(plan.PeriodOf(input.Periods[0].From)));
        var first = input.Periods[0].From;
        foreach (var credit in input.Credits)
        {
            first = credit.On < first ? credit.On : first;
        }

        var calculation = new Calculation(input, new(months, first, input.Periods[^1].To));
        foreach (var (_, run) in Order)
        {
            run(calculation);
        }

        var settled = new Settlement(calculation).Run();
        return new(
            calculation.Currency,
            [
                .. input.Periods.Select(period => Together(
                    period, settled[calculation.Pay.IndexOf(period.From)..(calculation.Pay.IndexOf(period.To.AddDays(-1)) + 1)])),
            ]);
    }

    /// <summary>Several pay periods as one: flows add up, balances are the last ones.</summary>
    private static PeriodResult Together(Period period, PeriodResult[] parts) => parts is [var only] ? only : new(period)
    {
        Lines = [.. parts.SelectMany(part => part.Lines)],
        Movements = [.. parts.SelectMany(part => part.Movements)],
        Standings = parts[^1].Standings,
        Credited = parts.Sum(part => part.Credited),
        Earned = parts.Sum(part => part.Earned),
        NonCash = parts.Sum(part => part.NonCash),
        Foregone = parts.Sum(part => part.Foregone),
        Held = parts.Sum(part => part.Held),
        Released = parts.Sum(part => part.Released),
        Due = parts.Sum(part => part.Due),
        Clawback = parts.Sum(part => part.Clawback),
        ClawbackRecovered = parts.Sum(part => part.ClawbackRecovered),
        ClawbackBalance = parts[^1].ClawbackBalance,
        DrawTopUp = parts.Sum(part => part.DrawTopUp),
        DrawRecovered = parts.Sum(part => part.DrawRecovered),
        DrawForgiven = parts.Sum(part => part.DrawForgiven),
        DrawBalance = parts[^1].DrawBalance,
        Paid = parts.Sum(part => part.Paid),
    };
}
