using System.Globalization;

namespace SalesOps.Api.Http;

/// <summary>RFC 6901 pointers to places in a body.</summary>
internal static class JsonPointer
{
    public static string Member(string parent, string name) =>
        parent + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Item(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}/{index}");

    /// <summary>The serialiser's path as a pointer: <c>$.lines[2].price</c> is <c>/lines/2/price</c>.</summary>
    public static string OfPath(string path) => path
        .TrimStart('$')
        .Replace("[", ".", StringComparison.Ordinal)
        .Replace("]", string.Empty, StringComparison.Ordinal)
        .Replace('.', '/');
}
