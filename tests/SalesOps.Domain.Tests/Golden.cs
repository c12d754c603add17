using System.Globalization;
using System.Text.Json.Nodes;

namespace SalesOps.Domain.Tests;

/// <summary>
/// Stored events as they were written once: <c>Golden/&lt;name&gt;.&lt;n&gt;.json</c>. A file is added when a shape changes or a
/// member comes to it, the fullest last; none is ever edited.
/// </summary>
/// <param name="Name">The type's name in the log.</param>
/// <param name="Number">Rises from 1.</param>
internal sealed record Golden(string Name, int Number, byte[] Bytes)
{
    public static IReadOnlyList<Golden> All { get; } =
    [
        .. Repository.Files
            .Where(file => file.Path.StartsWith("tests/SalesOps.Domain.Tests/Golden/", StringComparison.Ordinal))
            .Select(file => (Parts: Path.GetFileName(file.Path).Split('.'), file.Bytes))
            .Select(file => new Golden(file.Parts[0], int.Parse(file.Parts[1], CultureInfo.InvariantCulture), file.Bytes))
            .OrderBy(golden => golden.Name, StringComparer.Ordinal).ThenBy(golden => golden.Number),
    ];

    /// <summary>Those that are written today.</summary>
    public static IEnumerable<Golden> Current => All.Where(golden => CurrentNames.Contains(golden.Name));

    /// <summary>The newest of each name that is written today.</summary>
    public static IEnumerable<Golden> Newest => Current.GroupBy(golden => golden.Name).Select(same => same.Last());

    public object Event => EventCatalog.Decode(Name, Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    public override string ToString() => $"{Name}.{Number}";

    private static HashSet<string> CurrentNames { get; } =
        [.. EventCatalog.Entries.Where(entry => entry.IsCurrent).Select(entry => entry.Name)];
}
