using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Costs;

/// <summary>
/// What a customer costs and brings (RULES R28). Amounts are of one currency; ARPA and churn are of a month. An input that
/// nobody knows makes what needs it absent, with the reason.
/// </summary>
/// <param name="Arpa">Revenue per account and month.</param>
/// <param name="GrossMargin">0 to 1.</param>
/// <param name="Churn">The share of accounts lost in a month.</param>
/// <param name="Cac">Cost of a new customer.</param>
public sealed record UnitEconomics(Ratio Arpa, Ratio GrossMargin, Ratio Churn, Ratio Cac)
{
    /// <summary>ARPA · GM ÷ churn.</summary>
    public Ratio Ltv => Divide(Margin, Churn);

    /// <summary>CAC ÷ (ARPA · GM), in months.</summary>
    public Ratio Payback => Divide(Cac, Margin);

    /// <summary>LTV ÷ CAC.</summary>
    public Ratio LtvToCac => Divide(Ltv, Cac);

    private Ratio Margin => (Arpa.Value, GrossMargin.Value) switch
    {
        ({ } arpa, { } margin) => new(arpa * margin, null),
        (null, _) => Arpa,
        _ => GrossMargin,
    };

    private static Ratio Divide(Ratio left, Ratio right) => (left.Value, right.Value) switch
    {
        ({ } numerator, { } denominator) => Ratio.Of(numerator, denominator),
        (null, _) => left,
        _ => right,
    };
}
