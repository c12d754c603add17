using System.Globalization;

namespace SalesOps.Api.Http;

/// <summary>A stream's version as an entity tag: <c>"7"</c>.</summary>
internal static class EntityTag
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Reads one strong tag; a weak one, a list or anything else is none of ours.</summary>
    public static bool TryRead(string text, out long version)
    {
        version = 0;
        return text is ['"', .. var digits, '"']
            && digits is not ['0', _, ..]
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }
}
