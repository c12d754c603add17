using System.Globalization;

namespace SalesOps.Api.Http;

/// <summary>
/// Exact decimals as text: digits with an optional minus and an optional fraction. No exponent, no plus, no thousands.
/// </summary>
internal static class DecimalText
{
    /// <summary>Bounds every amount, so that no sum over a company overflows.</summary>
    public const int IntegerDigits = 15;

    /// <summary>Reads a decimal, or says in <paramref name="fault"/> what is wrong with it.</summary>
    public static bool TryRead(string text, int decimals, out decimal value, out string fault)
    {
        value = 0;
        fault = "A decimal is written as a string of digits, such as \"1234.50\", without exponent, plus or separators.";
        var digits = text is ['-', .. var rest] ? rest : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? string.Empty : digits[(point + 1)..];
        if (whole is [] or ['0', _, ..] || (point >= 0 && fraction is [])
            || !whole.All(char.IsAsciiDigit) || !fraction.All(char.IsAsciiDigit))
        {
            return false;
        }

        if (whole.Length > IntegerDigits)
        {
            fault = string.Create(CultureInfo.InvariantCulture, $"At most {IntegerDigits} digits stand before the point.");
            return false;
        }

        if (fraction.Length > decimals)
        {
            fault = decimals == 0
                ? "There are no decimals here."
                : string.Create(CultureInfo.InvariantCulture, $"At most {decimals} digits stand after the point.");
            return false;
        }

        value = decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return true;
    }
}
