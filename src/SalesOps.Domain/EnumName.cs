using System.Collections.Frozen;
using System.Text.Json;

namespace SalesOps.Domain;

/// <summary>The members of an enum as they are spelt in events, tables and on the wire: in camelCase.</summary>
public static class EnumName<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Texts =
        Enum.GetValues<TEnum>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, TEnum> Values =
        Texts.ToFrozenDictionary(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal);

    public static string Of(TEnum value) => Texts[value];

    /// <summary>The member of that spelling; another text fails.</summary>
    public static TEnum Parse(string text) => Values[text];

    /// <summary>Whether there is a member of that spelling, and which.</summary>
    public static bool TryParse(string text, out TEnum value) => Values.TryGetValue(text, out value);

    /// <summary>Every spelling, in the order of the members.</summary>
    public static IEnumerable<string> All => Enum.GetValues<TEnum>().Select(Of);
}
