using SalesOps.Api.Http;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/payouts</c></summary>
internal sealed class ListPayoutsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/payouts", HandleAsync)
        .WithName("ListPayouts").WithTags("Approvals").WithSummary("Payouts, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadLedger)
        .Produces<ApprovalsResponse>().Problems(422);

    private static Task<IResult> HandleAsync(
        CommaList? repId, Choices<ApprovalStatus>? status, CommaList? period, KnownBy known, Paging paging, Caller caller,
        ApprovalCommands approvals, CancellationToken cancellation) => approvals.ListAsync(
            ApprovalKind.Payout, new(repId?.Values, status?.Values, period?.Values), known, paging, caller, cancellation);
}
