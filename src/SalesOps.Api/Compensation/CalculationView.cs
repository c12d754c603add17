using SalesOps.Domain;
using SalesOps.Domain.Compensation;

namespace SalesOps.Api.Compensation;

/// <summary>What credits earn: periods, each with its lines and balances, and the sum of what is paid.</summary>
internal sealed record CalculationView(
    string EngineVersion, IReadOnlyList<string> Order, IReadOnlyList<CalculatedPeriod> Periods, Money Total)
{
    public static CalculationView Of(CompensationResult result) => new(
        CompensationEngine.Version,
        CompensationEngine.Steps,
        [.. result.Periods.Select(period => CalculatedPeriod.Of(period, result.Currency))],
        new(result.Total, result.Currency));
}

/// <param name="Period">Its key.</param>
/// <param name="Credited">Bookings, or margin where only that counts.</param>
/// <param name="Earned">Before draw, holdback and clawback.</param>
/// <param name="NonCash">Prizes at their face value; not in what is earned or paid.</param>
/// <param name="Foregone">What caps took off.</param>
/// <param name="Held">Held back in the period.</param>
/// <param name="Released">Holdback released in the period.</param>
/// <param name="Due">What fell due in the period, before clawback and draw.</param>
/// <param name="Clawback">Reversed in the period.</param>
/// <param name="ClawbackRecovered">Netted against what fell due.</param>
/// <param name="ClawbackBalance">Still to be recovered from later pay.</param>
/// <param name="DrawTopUp">Paid above what fell due.</param>
/// <param name="DrawBalance">Still owed at the end.</param>
/// <param name="Paid">Due for the period after all of it; never negative.</param>
internal sealed record CalculatedPeriod(
    string Period,
    IReadOnlyList<CalculatedLine> Lines,
    IReadOnlyList<CalculatedComponent> Components,
    Money Credited,
    Money Earned,
    Money NonCash,
    Money Foregone,
    Money Held,
    Money Released,
    Money Due,
    Money Clawback,
    Money ClawbackRecovered,
    Money ClawbackBalance,
    Money DrawTopUp,
    Money DrawRecovered,
    Money DrawForgiven,
    Money DrawBalance,
    Money Paid)
{
    public static CalculatedPeriod Of(PeriodResult result, string currency)
    {
        return new(
            result.Period.Key,
            [.. result.Lines.Select(line => CalculatedLine.Of(line, currency))],
            [.. result.Standings.Select(CalculatedComponent.Of)],
            Money(result.Credited), Money(result.Earned), Money(result.NonCash), Money(result.Foregone), Money(result.Held),
            Money(result.Released), Money(result.Due), Money(result.Clawback), Money(result.ClawbackRecovered),
            Money(result.ClawbackBalance), Money(result.DrawTopUp), Money(result.DrawRecovered), Money(result.DrawForgiven),
            Money(result.DrawBalance), Money(result.Paid));

        Money Money(decimal amount) => new(amount, currency);
    }
}

/// <param name="CreditId">The credit that caused it; absent where no single one did.</param>
/// <param name="Component">The component, SPIFF or override that pays.</param>
/// <param name="TrueUpOf">The earlier credit whose pay it changes.</param>
/// <param name="OriginPeriod">The first day of the plan period in which it was reckoned.</param>
internal sealed record CalculatedLine(
    string? CreditId,
    string Component,
    string Rule,
    LinePart Part,
    DateOnly On,
    DateOnly OriginPeriod,
    string? TrueUpOf,
    Money Amount,
    Money? Foregone,
    bool? NonCash,
    LineInputsView Inputs)
{
    public static CalculatedLine Of(CompensationLine line, string currency) => new(
        line.CreditId, line.Component, line.Rule, line.Part, line.On, line.OriginPeriod, line.TrueUpOf,
        new(line.Amount, currency), line.Foregone == 0 ? null : new(line.Foregone, currency), line.NonCash ? true : null,
        LineInputsView.Of(line.Inputs));
}

/// <summary>The numbers that went into a line.</summary>
internal sealed record LineInputsView(
    decimal? Credited,
    decimal? Before,
    decimal? After,
    decimal? Rate,
    decimal? PreviousRate,
    decimal? Quota,
    decimal? TargetVariable,
    decimal? Factor,
    decimal? GateAttainment,
    decimal? Percent,
    decimal? Quantity,
    int? Rank,
    int? Level,
    decimal? FxRate,
    IReadOnlyList<string>? FxRateIds)
{
    public static LineInputsView Of(LineInputs inputs) => new(
        inputs.Credited, inputs.Before, inputs.After, inputs.Rate, inputs.PreviousRate, inputs.Quota, inputs.TargetVariable,
        inputs.Factor, inputs.GateAttainment, inputs.Percent, inputs.Quantity, inputs.Rank, inputs.Level, inputs.Fx?.Rate,
        inputs.Fx?.Quotes.Select(quote => quote.Id).ToArray());
}

/// <summary>How far a component came in its plan period.</summary>
/// <param name="Attainment">Absent without a quota.</param>
internal sealed record CalculatedComponent(string Component, Measure Measure, decimal Credited, decimal? Quota, decimal? Attainment)
{
    public static CalculatedComponent Of(ComponentStanding standing) =>
        new(standing.Component, standing.Measure, standing.Credited, standing.Quota, standing.Attainment);
}
