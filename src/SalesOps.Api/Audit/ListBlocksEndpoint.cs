using System.Globalization;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>GET /v1/audit/blocks</c></summary>
internal sealed class ListBlocksEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/blocks", HandleAsync)
        .WithName("ListAuditBlocks").WithTags("Audit")
        .WithSummary("The sealed blocks of the log, first to last; keep a hash of one elsewhere.")
        .RequireAuthorization(Policies.Audit)
        .Produces<Response>();

    private static async Task<IResult> HandleAsync(
        Paging paging, Caller caller, EvidenceReader evidence, CancellationToken cancellation)
    {
        var after = paging.After is [var last] ? long.Parse(last, CultureInfo.InvariantCulture) : 0;
        var blocks = await evidence.BlocksAsync(caller.Tenant, after, paging.Limit + 1, cancellation);
        var (page, next) = paging.Page(blocks, block => [block.Number.ToString(CultureInfo.InvariantCulture)]);
        return TypedResults.Ok(new Response([.. page.Select(BlockView.Of)], next));
    }

    internal sealed record Response(IReadOnlyList<BlockView> Items, string? NextCursor);
}

/// <summary>A sealed block. Hashes are in hexadecimal digits, the signature (ECDSA P-256 of the hash, DER) in base64.</summary>
/// <param name="First">The position of its first event.</param>
/// <param name="Last">The position of its last event.</param>
/// <param name="Root">The root of the tree over its events (RFC 6962).</param>
/// <param name="Previous">The hash of the block before.</param>
internal sealed record BlockView(
    long Block, long First, long Last, int Events, string Root, string Previous, string Hash, DateTimeOffset ClosedAt,
    string? Signature, string? KeyId)
{
    public static BlockView Of(BlockRecord block) => new(
        block.Number, block.First, block.Last, block.Events, Convert.ToHexStringLower(block.Root),
        Convert.ToHexStringLower(block.Previous), Convert.ToHexStringLower(block.Hash), block.ClosedAt,
        block.Signature is { } signature ? Convert.ToBase64String(signature) : null, block.KeyId);
}
