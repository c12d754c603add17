namespace SalesOps.Domain.Metrics;

/// <summary>A quotient at full precision, or the reason why there is none; never 0 or infinity in its place.</summary>
public readonly record struct Ratio(decimal? Value, string? Reason)
{
    public const string NoDenominator = "no-denominator";
    public const string MixedCurrencies = "mixed-currencies";

    public static Ratio Of(decimal numerator, decimal denominator) =>
        denominator == 0 ? Absent(NoDenominator) : new(numerator / denominator, null);

    public static Ratio Absent(string reason) => new(null, reason);
}
