using SalesOps.Api.Http;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/disputes</c></summary>
internal sealed class ListDisputesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/disputes", HandleAsync)
        .WithName("ListDisputes").WithTags("Approvals").WithSummary("Disputes, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadLedger)
        .Produces<ApprovalsResponse>().Problems(422);

    private static Task<IResult> HandleAsync(
        CommaList? repId, Choices<ApprovalStatus>? status, CommaList? period, KnownBy known, Paging paging, Caller caller,
        ApprovalCommands approvals, CancellationToken cancellation) => approvals.ListAsync(
            ApprovalKind.Dispute, new(repId?.Values, status?.Values, period?.Values), known, paging, caller, cancellation);
}
