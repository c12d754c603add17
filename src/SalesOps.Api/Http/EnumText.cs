using System.Text.Json;

namespace SalesOps.Api.Http;

/// <summary>Enums by their names in camelCase, exactly; never by number.</summary>
internal static class EnumText
{
    public static IEnumerable<string> NamesOf(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    public static string ExpectationOf(Type type) => $"One of {string.Join(", ", NamesOf(type))} is expected here.";
}
