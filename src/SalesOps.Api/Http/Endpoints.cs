namespace SalesOps.Api.Http;

/// <summary>The list of all operations; what is not here is not served.</summary>
internal static class Endpoints
{
    public static IReadOnlyList<Entry> All { get; } =
    [
    ];

    private static Entry Of<TEndpoint>()
        where TEndpoint : IEndpoint => new(typeof(TEndpoint), TEndpoint.Map);

    internal sealed record Entry(Type Type, Action<IEndpointRouteBuilder> Map);
}
