using System.Globalization;

namespace SalesOps.Domain.Territories;

/// <summary>A number that a rule compares with.</summary>
/// <param name="Currency">Of revenue, where the rule names one.</param>
internal readonly record struct Bound(decimal Number, string? Currency)
{
    private const decimal Limit = 1_000_000_000_000_000;

    /// <summary>A text that a rule was read with.</summary>
    public static Bound Of(TerritoryField field, string text) => TryRead(field, text, out var bound)
        ? bound
        : throw new ArgumentException($"'{text}' was no bound when the rule was made.", nameof(text));

    public static bool TryRead(TerritoryField field, string text, out Bound bound)
    {
        var (number, currency) = text.Split(' ') switch
        {
            [var amount, var code] when field == TerritoryField.Revenue && Currencies.Exists(code) => (amount, code),
            _ => (text, null),
        };
        var style = field == TerritoryField.Employees ? NumberStyles.None : NumberStyles.AllowDecimalPoint;
        var isNumber = decimal.TryParse(number, style, CultureInfo.InvariantCulture, out var value) && value < Limit;
        bound = new(value, currency);
        return isNumber;
    }
}
