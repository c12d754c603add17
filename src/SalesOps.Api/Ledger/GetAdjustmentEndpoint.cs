using SalesOps.Api.Http;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/adjustments/{adjustmentId}</c></summary>
internal sealed class GetAdjustmentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/adjustments/{adjustmentId}", HandleAsync)
        .WithName("GetAdjustment").WithTags("Approvals").WithSummary("An adjustment, as known at a time.")
        .RequireAuthorization(Policies.ReadLedger)
        .Produces<ApprovalView>().Problems(404, 422);

    private static Task<IResult> HandleAsync(
        string adjustmentId, KnownBy known, Caller caller, ApprovalCommands approvals, CancellationToken cancellation) =>
        approvals.GetAsync(ApprovalKind.Adjustment, adjustmentId, known, caller, cancellation);
}
