using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/refunds</c></summary>
internal sealed class PayRefundEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/refunds", HandleAsync)
        .WithName("PayRefund").WithTags("Billing")
        .WithSummary("Books a refund of what was received for an invoice.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            _ => (body.EffectiveAt ?? new(body.On)).Start(write.Calendar),
            (contract, _) => BillContract.Decide(contract, new ContractEvent.RefundPaid(
                body.Id ?? new(write.NewId()), body.InvoiceId, body.On, body.Amount, body.Reason)),
            cancellation);

    internal sealed record Request(
        BillingId? Id, InvoiceId InvoiceId, DateOnly On, Money Amount, string? Reason, DateOrInstant? EffectiveAt);
}
