using System.Globalization;

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
        var total = weights.Sum();
        if (weights.Any(weight => weight < 0) || total <= 0)
        {
            throw new ArgumentException("Weights are not negative and have a positive sum.", nameof(weights));
        }

        var unit = SmallestUnit();
        var units = Math.Abs(Rounded().Amount) / unit;
        var exact = weights.Select(weight => units * weight / total).ToArray();
        var shares = exact.Select(decimal.Floor).ToArray();
        var rest = (int)(units - shares.Sum());
        foreach (var index in Enumerable.Range(0, exact.Length).OrderByDescending(i => exact[i] - shares[i]).Take(rest))
        {
            shares[index]++;
        }

        var sign = Math.Sign(Amount);
        var currency = Currency;
        return [.. shares.Select(share => new Money(sign * share * unit, currency))];
    }

    /// <summary>The amount as text: a plain decimal with at least the currency's decimals and no needless zeros after.</summary>
    public string AmountText()
    {
        var decimals = Currencies.DecimalsOf(Currency);
        return Amount.ToString("0." + new string('0', decimals) + new string('#', 28 - decimals), CultureInfo.InvariantCulture);
    }

    public override string ToString() => $"{AmountText()} {Currency}";

    private decimal SmallestUnit() => new(1, 0, 0, false, (byte)Currencies.DecimalsOf(Currency));

    private static Money Same(Money left, Money right) => left.Currency == right.Currency
        ? right
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not add up.");
}
