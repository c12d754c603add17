namespace SalesOps.Domain;

/// <summary>What every command asks of the money it brings.</summary>
internal static class MoneyRules
{
    /// <summary>Far above any deal, far below where sums and products of <see cref="decimal"/> overflow.</summary>
    private const decimal Limit = 1_000_000_000_000_000;

    /// <summary>Money, if there is any, is in a known currency and its whole units, not negative and not absurd.</summary>
    /// <param name="money">What the command brings.</param>
    /// <param name="what">The member's name, which begins the code: <c>amount-negative</c>.</param>
    /// <param name="pointer">Where the member stands.</param>
    public static Rejection? Check(Money? money, string what, string pointer) => money switch
    {
        { Currency: var code } when !Currencies.Exists(code) =>
            Rejection.Invalid("currency-unknown", $"'{code}' is no currency of ISO 4217.", $"{pointer}/currency"),
        { Amount: < 0 } => Rejection.Invalid($"{what}-negative", $"The {what} is not negative.", pointer),
        { Amount: >= Limit } => Rejection.Invalid($"{what}-too-large", $"The {what} is below 10 to the power of 15.", pointer),
        { IsExact: false } inexact =>
            Rejection.Invalid($"{what}-decimals", $"{inexact.Currency} has fewer decimals than that.", pointer),
        _ => null,
    };
}
