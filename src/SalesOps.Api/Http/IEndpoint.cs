namespace SalesOps.Api.Http;

/// <summary>One operation of the API: one class, one file, one line in <see cref="Endpoints"/>.</summary>
internal interface IEndpoint
{
    /// <summary>Maps the operation, with its name, summary, tag and policy, on the group <c>/v1</c>.</summary>
    static abstract void Map(IEndpointRouteBuilder routes);
}
