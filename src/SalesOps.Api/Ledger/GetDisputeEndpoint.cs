using SalesOps.Api.Http;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/disputes/{disputeId}</c></summary>
internal sealed class GetDisputeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/disputes/{disputeId}", HandleAsync)
        .WithName("GetDispute").WithTags("Approvals").WithSummary("A dispute, as known at a time.")
        .RequireAuthorization(Policies.ReadLedger)
        .Produces<ApprovalView>().Problems(404, 422);

    private static Task<IResult> HandleAsync(
        string disputeId, KnownBy known, Caller caller, ApprovalCommands approvals, CancellationToken cancellation) =>
        approvals.GetAsync(ApprovalKind.Dispute, disputeId, known, caller, cancellation);
}
