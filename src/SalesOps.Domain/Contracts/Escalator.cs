namespace SalesOps.Domain.Contracts;

/// <summary>How the price of a contract rises with each renewal.</summary>
public enum EscalatorKind
{
    /// <summary>By a percentage that the contract names.</summary>
    Percent,

    /// <summary>By the change of a published index; who renews says how much that was.</summary>
    Indexed,
}

/// <summary>A rise of the price that was agreed beforehand: it is no expansion (RULES R26).</summary>
/// <param name="Percent">Of the price, with each renewal.</param>
/// <param name="Index">The name of the index.</param>
/// <param name="Cap">The most that an index may raise the price by, in percent.</param>
public sealed record Escalator(EscalatorKind Kind, decimal? Percent = null, string? Index = null, decimal? Cap = null)
{
    private const decimal PercentMax = 100;

    /// <summary>What of an uplift, in percent, the contract had agreed beforehand.</summary>
    public decimal Agreed(decimal? uplift) => Kind == EscalatorKind.Percent
        ? Percent ?? 0
        : Math.Min(uplift ?? 0, Cap ?? decimal.MaxValue);

    internal static Rejection? Check(Escalator? escalator) => escalator switch
    {
        { Kind: EscalatorKind.Percent, Percent: null } =>
            Rejection.Invalid("escalator-percent-missing", "An escalator by percent names it.", "/escalator/percent"),
        { Kind: EscalatorKind.Indexed, Index: null } =>
            Rejection.Invalid("escalator-index-missing", "An indexed escalator names its index.", "/escalator/index"),
        { Percent: < 0 or > PercentMax } =>
            Rejection.Invalid("escalator-range", "An escalator is between 0 and 100 percent.", "/escalator/percent"),
        { Cap: < 0 or > PercentMax } =>
            Rejection.Invalid("escalator-range", "A cap is between 0 and 100 percent.", "/escalator/cap"),
        _ => null,
    };
}
