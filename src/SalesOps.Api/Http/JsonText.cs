using System.Text.Json;

namespace SalesOps.Api.Http;

/// <summary>Text that jsonb can hold: no U+0000, no half of a surrogate pair, no bytes that are not UTF-8.</summary>
internal static class JsonText
{
    public const string Fault = "The text has a U+0000, half of a surrogate pair or bytes that are not UTF-8.";

    public static bool TryRead(JsonElement value, out string text) => TryRead(value.GetString, out text);

    public static bool TryRead(JsonProperty member, out string name) => TryRead(() => member.Name, out name);

    public static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryRead(Func<string?> read, out string text)
    {
        try
        {
            text = read() ?? string.Empty;
            return IsClean(text);
        }
        catch (InvalidOperationException)
        {
            // The reader refuses what it cannot turn into UTF-16.
            text = string.Empty;
            return false;
        }
    }
}
