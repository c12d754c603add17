using System.Globalization;
using System.Numerics;

namespace SalesOps.Domain;

/// <summary>
/// An amount in one currency, exact. <c>12.5</c> and <c>12.50</c> are the same money and are written alike.
/// </summary>
/// <param name="Amount">In units of the currency (not cents), any number of decimals inside a calculation.</param>
/// <param name="Currency">An ISO 4217 code.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>The sum; different currencies are a programmer's error.</summary>
    public static Money operator +(Money left, Money right) => new(left.Amount + Same(left, right).Amount, left.Currency);

    /// <summary>The difference; different currencies are a programmer's error.</summary>
    public static Money operator -(Money left, Money right) => new(left.Amount - Same(left, right).Amount, left.Currency);

    /// <summary>To the decimals of the currency, half away from zero, so that −x mirrors x (RULES R24).</summary>
    public Money Rounded() =>
        this with { Amount = decimal.Round(Amount, Currencies.DecimalsOf(Currency), MidpointRounding.AwayFromZero) };

    /// <summary>Whether the amount has no more decimals than the currency.</summary>
    public bool IsExact => Rounded().Amount == Amount;

    /// <summary>
    /// Splits the amount by weights so that the parts sum to it exactly: floor shares of the smallest unit, the rest to
    /// the largest fractions, ties to the earlier weight; the sign is restored at the end (RULES R24).
    /// </summary>
    /// <param name="weights">Not negative, and not all 0; one part comes back for each.</param>
    public IReadOnlyList<Money> Allocate(IReadOnlyList<decimal> weights)
    {
        if (weights.Any(weight => weight < 0) || weights.All(weight => weight == 0))
        {
            throw new ArgumentException("Weights are not negative and have a positive sum.", nameof(weights));
        }

        // In whole numbers: decimal quotients keep 28 digits, so that a third of 1 and of 4 would be no tie.
        var decimals = Currencies.DecimalsOf(Currency);
        var unit = Math.Sign(Amount) * new decimal(1, 0, 0, false, (byte)decimals);
        var currency = Currency;
        var units = Unscaled(Math.Abs(Rounded().Amount), decimals);
        if (weights is [_])
        {
            return [new Money((decimal)units * unit, currency)];
        }

        var scale = weights.Max(weight => weight.Scale);
        var whole = weights.Select(weight => Unscaled(weight, scale)).ToArray();
        var total = whole.Aggregate(BigInteger.Add);
        var exact = whole.Select(weight => BigInteger.DivRem(units * weight, total)).ToArray();
        var shares = exact.Select(share => share.Quotient).ToArray();
        var rest = (int)(units - shares.Aggregate(BigInteger.Add));
        foreach (var index in Enumerable.Range(0, shares.Length).OrderByDescending(i => exact[i].Remainder).Take(rest))
        {
            shares[index]++;
        }

        return [.. shares.Select(share => new Money((decimal)share * unit, currency))];
    }

    /// <summary>The amount as text: a plain decimal with at least the currency's decimals and no needless zeros after.</summary>
    public string AmountText()
    {
        var decimals = Currencies.DecimalsOf(Currency);
        return Amount.ToString("0." + new string('0', decimals) + new string('#', 28 - decimals), CultureInfo.InvariantCulture);
    }

    public override string ToString() => $"{AmountText()} {Currency}";

    /// <summary>The value times 10 to the power of the scale, which is at least the value's own.</summary>
    private static BigInteger Unscaled(decimal value, int scale) =>
        new BigInteger(value * (decimal)BigInteger.Pow(10, value.Scale)) * BigInteger.Pow(10, scale - value.Scale);

    private static Money Same(Money left, Money right) => left.Currency == right.Currency
        ? right
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not add up.");
}
