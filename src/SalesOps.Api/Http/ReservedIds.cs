using Microsoft.AspNetCore.Routing.Patterns;
using SalesOps.Domain;

namespace SalesOps.Api.Http;

/// <summary>
/// Ids that nothing may have, since its path would be that of another operation: there is <c>/v1/territories/coverage</c>,
/// so no territory is called <c>coverage</c>. They are read from the routes themselves, which match without regard to case.
/// </summary>
internal sealed class ReservedIds(EndpointDataSource routes)
{
    private readonly Lazy<HashSet<string>> paths = new(() => PathsOf(routes));

    /// <summary>Why nothing may be at a path such as <c>/v1/territories/coverage</c>; null where it may.</summary>
    /// <param name="pointer">Where the request names the id.</param>
    public Rejection? Refuse(string location, string pointer = "/id") => paths.Value.Contains(location.TrimStart('/'))
        ? Rejection.Invalid("id-reserved", $"The path '{location}' is that of another operation; choose another id.", pointer)
        : null;

    private static HashSet<string> PathsOf(EndpointDataSource routes)
    {
        var patterns = routes.Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.PathSegments)
            .Where(segments => segments.Count >= 3).ToArray();
        var collections = patterns.Where(segments => TextOf(segments[2]) is null).Select(CollectionOf)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return patterns.Where(segments => TextOf(segments[2]) is not null && collections.Contains(CollectionOf(segments)))
            .Select(segments => $"{CollectionOf(segments)}/{TextOf(segments[2])}").ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static string CollectionOf(IReadOnlyList<RoutePatternPathSegment> segments) =>
        $"{TextOf(segments[0])}/{TextOf(segments[1])}";

    private static string? TextOf(RoutePatternPathSegment segment) =>
        segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content : null;
}
