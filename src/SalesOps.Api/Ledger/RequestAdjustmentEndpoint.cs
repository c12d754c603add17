using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/adjustments</c></summary>
internal sealed class RequestAdjustmentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/adjustments", HandleAsync)
        .WithName("RequestAdjustment").WithTags("Approvals")
        .WithSummary("Asks for a correction of pay by hand in an open month; it is posted once somebody else approves it.")
        .RequireAuthorization(Policies.RequestPay)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, ApprovalCommands approvals, CancellationToken cancellation)
    {
        var today = write.Calendar.DateOf(write.ReceivedAt);
        var month = Period.Find(body.Period) ?? Period.MonthOf(today);
        var on = body.On ?? (month.Contains(today) ? today : month.To.AddDays(-1));
        var request = new ApprovalEvent.Requested(
            body.RepId, body.Period, on, body.Reason, write.Caller.Actor, body.Amount, body.DealId);
        return approvals.AskAsync(
            write, ApprovalKind.Adjustment, body.Id, request,
            async session => ApprovalRules.Check(request)
                ?? await ApprovalCommands.RefuseMonthAsync(session, body.Period, "/period", cancellation)
                ?? (on >= month.To ? Rejection.Invalid("date-range", "The date lies after the period.", "/on") : null),
            cancellation);
    }

    /// <param name="Period">The month that it is posted in.</param>
    /// <param name="Amount">Negative where pay is taken back.</param>
    /// <param name="On">The business date that it is about, in the period or before. Default: the period's last day, or today.</param>
    internal sealed record Request(
        RepId RepId, string Period, Money Amount, string Reason, string? Id, DateOnly? On, DealId? DealId);
}
