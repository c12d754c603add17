using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/payouts</c></summary>
internal sealed class RequestPayoutEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/payouts", HandleAsync)
        .WithName("RequestPayout").WithTags("Approvals")
        .WithSummary("Asks to hand what is due up to the end of a month to payroll; it is posted once somebody else approves it.")
        .RequireAuthorization(Policies.RequestPay)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static async Task<IResult> HandleAsync(
        Request body, WriteRequest write, ApprovalCommands approvals, FactReads reads, CancellationToken cancellation)
    {
        var on = body.PaidOn ?? write.Calendar.DateOf(write.ReceivedAt);
        var period = body.Period ?? Period.MonthOf(on).MonthKey;
        if (Period.Find(period) is not { } days || days.MonthKey != period)
        {
            return Problem.From(Rejection.Invalid("bad-period", "The period is a month such as 2026-03.", "/period"));
        }

        if (body.Amount is { } amount)
        {
            return await AskAsync(amount);
        }

        return await reads.ReadAsync(new(write.ReceivedAt, null, null), write.Caller, AskForAllAsync, cancellation);

        async Task<IResult> AskForAllAsync(FactReader facts, AsOfView asOf)
        {
            var reach = new LedgerReach(asOf.Position, null);
            var totals = await LedgerQuery.TotalsAsync(
                facts.Connection, write.Caller.Tenant, reach, new([body.RepId.Value], To: days.To), cancellation);
            var frozen = await LedgerQuery.FrozenAsync(facts, write.Caller.Tenant, reach, body.RepId.Value, cancellation);
            Money[] due =
            [
                .. totals.Where(total => total.Account == LedgerAccount.PayableDue).Select(total => total.Credit - total.Debit)
                    .Select(money => money with { Amount = money.Amount - frozen.GetValueOrDefault(money.Currency) })
                    .Where(money => money.Amount > 0),
            ];
            return due switch
            {
                [var all] => await AskAsync(all),
                [] => Problem.From(Rejection.Conflict("nothing-due", "Nothing is due to the rep that is not paid or in dispute.")),
                _ => Problem.From(Rejection.Invalid("amount-required", "Several currencies are due: name an amount.", "/amount")),
            };
        }

        Task<IResult> AskAsync(Money asked)
        {
            var request = new ApprovalEvent.Requested(
                body.RepId, period, on, body.Reason ?? $"Pay up to {period}", write.Caller.Actor, asked);
            return approvals.AskAsync(
                write, ApprovalKind.Payout, body.Id, request,
                async session => ApprovalRules.Check(request)
                    ?? (asked.Amount < 0 ? Rejection.Invalid("amount-negative", "What is paid is positive.", "/amount") : null)
                    ?? await ApprovalCommands.RefuseMonthAsync(session, Period.MonthOf(on).MonthKey, "/paidOn", cancellation),
                cancellation);
        }
    }

    /// <param name="Period">The last month that is paid. Default: that of the payment.</param>
    /// <param name="Amount">Default: all that is due and not in dispute.</param>
    /// <param name="PaidOn">The date of the payment in the books. Default: today.</param>
    internal sealed record Request(RepId RepId, string? Period, Money? Amount, DateOnly? PaidOn, string? Reason, string? Id);
}
