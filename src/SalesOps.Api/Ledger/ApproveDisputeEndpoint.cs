using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/disputes/{disputeId}/approve</c></summary>
internal sealed class ApproveDisputeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/disputes/{disputeId}/approve", HandleAsync)
        .WithName("ApproveDispute").WithTags("Approvals")
        .WithSummary("Finds for the rep: posts the correction asked for in the first open month; the lines are free again.")
        .RequireAuthorization(Policies.ApprovePay)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string disputeId, ApproveRequest body, WriteRequest write, ApprovalCommands approvals, CancellationToken cancellation) =>
        approvals.ApproveAsync(write, ApprovalKind.Dispute, disputeId, body, cancellation);
}
