using SalesOps.Api.Http;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/payouts/{payoutId}</c></summary>
internal sealed class GetPayoutEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/payouts/{payoutId}", HandleAsync)
        .WithName("GetPayout").WithTags("Approvals").WithSummary("A payout, as known at a time.")
        .RequireAuthorization(Policies.ReadLedger)
        .Produces<ApprovalView>().Problems(404, 422);

    private static Task<IResult> HandleAsync(
        string payoutId, KnownBy known, Caller caller, ApprovalCommands approvals, CancellationToken cancellation) =>
        approvals.GetAsync(ApprovalKind.Payout, payoutId, known, caller, cancellation);
}
