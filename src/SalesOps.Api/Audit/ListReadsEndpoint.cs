using System.Globalization;
using SalesOps.Api.Http;

namespace SalesOps.Api.Audit;

/// <summary><c>GET /v1/audit/reads</c></summary>
internal sealed class ListReadsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/reads", HandleAsync)
        .WithName("ListSensitiveReads").WithTags("Audit")
        .WithSummary("Who read what is sensitive, and when.")
        .RequireAuthorization(Policies.Audit)
        .Produces<Response>();

    private static async Task<IResult> HandleAsync(
        Paging paging, Caller caller, SensitiveReads reads, CancellationToken cancellation)
    {
        var after = paging.After is [var last] ? long.Parse(last, CultureInfo.InvariantCulture) : 0;
        var read = await reads.ListAsync(caller.Tenant, after, paging.Limit + 1, cancellation);
        var (page, next) = paging.Page(read, item => [item.Id.ToString(CultureInfo.InvariantCulture)]);
        return TypedResults.Ok(new Response(page, next));
    }

    internal sealed record Response(IReadOnlyList<SensitiveRead> Items, string? NextCursor);
}
