using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/disputes/{disputeId}/reject</c></summary>
internal sealed class RejectDisputeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/disputes/{disputeId}/reject", HandleAsync)
        .WithName("RejectDispute").WithTags("Approvals")
        .WithSummary("Finds against the rep: the lines stand and are free again.")
        .RequireAuthorization(Policies.ApprovePay)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string disputeId, RejectRequest body, WriteRequest write, ApprovalCommands approvals, CancellationToken cancellation) =>
        approvals.RejectAsync(write, ApprovalKind.Dispute, disputeId, body, cancellation);
}
