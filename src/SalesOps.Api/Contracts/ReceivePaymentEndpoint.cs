using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/payments</c></summary>
internal sealed class ReceivePaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/payments", HandleAsync)
        .WithName("ReceivePayment").WithTags("Billing")
        .WithSummary("Books a payment, of one invoice or of the oldest open ones; it is not larger than what is open.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            _ => (body.EffectiveAt ?? new(body.On)).Start(write.Calendar),
            (contract, _) => BillContract.Decide(contract, new ContractEvent.PaymentReceived(
                body.Id ?? new(write.NewId()), body.On, body.Amount, body.InvoiceId)),
            cancellation);

    internal sealed record Request(BillingId? Id, InvoiceId? InvoiceId, DateOnly On, Money Amount, DateOrInstant? EffectiveAt);
}
