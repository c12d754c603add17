namespace SalesOps.Api.Streams;

/// <summary>The parts of a stream's name, which is its category, a slash and the id of what it is about.</summary>
internal static class StreamName
{
    public static string IdOf(string stream) => stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Empty for a name without a slash.</summary>
    public static string CategoryOf(string stream) => stream[..Math.Max(0, stream.IndexOf('/', StringComparison.Ordinal))];
}
