using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/adjustments/{adjustmentId}/approve</c></summary>
internal sealed class ApproveAdjustmentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/adjustments/{adjustmentId}/approve", HandleAsync)
        .WithName("ApproveAdjustment").WithTags("Approvals")
        .WithSummary("Approves an adjustment, as somebody else than its author and its beneficiary, and posts it.")
        .RequireAuthorization(Policies.ApprovePay)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string adjustmentId, ApproveRequest body, WriteRequest write, ApprovalCommands approvals, CancellationToken cancellation) =>
        approvals.ApproveAsync(write, ApprovalKind.Adjustment, adjustmentId, body, cancellation);
}
