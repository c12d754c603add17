using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/adjustments/{adjustmentId}/reject</c></summary>
internal sealed class RejectAdjustmentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/adjustments/{adjustmentId}/reject", HandleAsync)
        .WithName("RejectAdjustment").WithTags("Approvals")
        .WithSummary("Turns an adjustment down.")
        .RequireAuthorization(Policies.ApprovePay)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string adjustmentId, RejectRequest body, WriteRequest write, ApprovalCommands approvals, CancellationToken cancellation) =>
        approvals.RejectAsync(write, ApprovalKind.Adjustment, adjustmentId, body, cancellation);
}
