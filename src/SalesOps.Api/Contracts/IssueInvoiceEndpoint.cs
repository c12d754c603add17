using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/invoices</c></summary>
internal sealed class IssueInvoiceEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/invoices", HandleAsync)
        .WithName("IssueInvoice").WithTags("Billing")
        .WithSummary("Books an invoice against a contract.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            _ => (body.EffectiveAt ?? new(body.On)).Start(write.Calendar),
            (contract, _) => BillContract.Decide(contract, new ContractEvent.Invoiced(
                body.Id ?? new(write.NewId()), body.On, body.Amount, body.DueOn)),
            cancellation);

    internal sealed record Request(InvoiceId? Id, DateOnly On, Money Amount, DateOnly? DueOn, DateOrInstant? EffectiveAt);
}
