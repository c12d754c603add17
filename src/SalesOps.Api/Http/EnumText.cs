using System.Text.Json;

namespace SalesOps.Api.Http;

/// <summary>Enums by their names in camelCase, exactly; never by number.</summary>
internal static class EnumText
{
    public static IEnumerable<string> NamesOf(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    public static string ExpectationOf(Type type) => $"One of {string.Join(", ", NamesOf(type))} is expected here.";

    /// <summary>The value of a name that was checked before.</summary>
    public static TEnum Read<TEnum>(string text)
        where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().First(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text);
}
