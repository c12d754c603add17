using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/payouts/{payoutId}/approve</c></summary>
internal sealed class ApprovePayoutEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/payouts/{payoutId}/approve", HandleAsync)
        .WithName("ApprovePayout").WithTags("Approvals")
        .WithSummary("Approves a payout, as somebody else than its author and its beneficiary, and posts it.")
        .RequireAuthorization(Policies.ApprovePay)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string payoutId, ApproveRequest body, WriteRequest write, ApprovalCommands approvals, CancellationToken cancellation) =>
        approvals.ApproveAsync(write, ApprovalKind.Payout, payoutId, body, cancellation);
}
