using System.Collections.Frozen;
using System.Globalization;

namespace SalesOps.Api.Http;

/// <summary>How query parameters of a type are written. A type without a format cannot be a query parameter.</summary>
internal static class QueryFormat
{
    private const int LongestList = 100;

    private static readonly FrozenDictionary<Type, Func<string, string?>> Faults = new Dictionary<Type, Func<string, string?>>
    {
        [typeof(string)] = _ => null,
        [typeof(int)] = text =>
            IsInteger(text) && int.TryParse(text, CultureInfo.InvariantCulture, out var _) ? null : "It is an integer.",
        [typeof(long)] = text =>
            IsInteger(text) && long.TryParse(text, CultureInfo.InvariantCulture, out var _) ? null : "It is an integer.",
        [typeof(decimal)] = text => RatioText.TryRead(text, out _, out var fault) ? null : fault,
        [typeof(bool)] = text => text is "true" or "false" ? null : "It is true or false.",
        [typeof(DateOnly)] = text => DateText.TryRead(text, out _, out var fault) ? null : fault,
        [typeof(DateTimeOffset)] = text => InstantText.TryRead(text, out _, out var fault) ? null : fault,
        [typeof(DateOrInstant)] = text => DateOrInstant.TryRead(text, out _, out var fault) ? null : fault,
    }.ToFrozenDictionary();

    public static bool Has(Type type) => Faults.ContainsKey(type);

    /// <summary>What is wrong with the text as a value of the type; null when nothing is.</summary>
    public static string? FaultOf(Type type, string text)
    {
        if (type.IsEnum)
        {
            return EnumText.NamesOf(type).Contains(text, StringComparer.Ordinal) ? null : EnumText.ExpectationOf(type);
        }

        return Faults[type](text);
    }

    /// <summary>What is wrong with values that have commas between them; null when nothing is.</summary>
    public static string? FaultOfList(Type type, string text)
    {
        var items = text.Split(',');
        return items.Length > LongestList || items.Any(item => item.Length == 0)
            ? string.Create(CultureInfo.InvariantCulture, $"1 to {LongestList} values with commas between them are expected here.")
            : items.Select(item => FaultOf(type, item)).FirstOrDefault(fault => fault is not null);
    }

    private static bool IsInteger(string text) => text.Length > 0 && text.TrimStart('-').All(char.IsAsciiDigit);
}
