using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/payouts/{payoutId}/reject</c></summary>
internal sealed class RejectPayoutEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/payouts/{payoutId}/reject", HandleAsync)
        .WithName("RejectPayout").WithTags("Approvals")
        .WithSummary("Turns a payout down.")
        .RequireAuthorization(Policies.ApprovePay)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string payoutId, RejectRequest body, WriteRequest write, ApprovalCommands approvals, CancellationToken cancellation) =>
        approvals.RejectAsync(write, ApprovalKind.Payout, payoutId, body, cancellation);
}
