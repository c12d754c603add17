using Microsoft.AspNetCore.Http.HttpResults;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>GET /v1/audit/keys</c></summary>
internal sealed class ListAuditKeysEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/keys", Handle)
        .WithName("ListAuditKeys").WithTags("Audit")
        .WithSummary("The public key that proves the signatures of blocks; none where blocks are not signed.")
        .RequireAuthorization(Policies.Audit)
        .Produces<Response>();

    private static Ok<Response> Handle(IServiceProvider services) =>
        TypedResults.Ok(new Response(services.GetService<BlockSigner>() is { } signer
            ? [AuditKeyView.Of(signer)]
            : []));

    internal sealed record Response(IReadOnlyList<AuditKeyView> Items);
}

/// <summary>A key that signs blocks.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo in PEM.</param>
internal sealed record AuditKeyView(string KeyId, string Algorithm, string PublicKey)
{
    public static AuditKeyView Of(BlockSigner signer) => new(signer.KeyId, "ECDSA P-256", signer.PublicKeyPem);
}
