using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/contracts/{contractId}/payments</c></summary>
internal sealed class ListPaymentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/contracts/{contractId}/payments", HandleAsync)
        .WithName("ListPayments").WithTags("Billing")
        .WithSummary("A contract's payments, credit notes and refunds, in the order of their effect.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404, 422);

    internal enum Kind
    {
        Payment,
        CreditNote,
        Refund,
    }

    private static async Task<IResult> HandleAsync(
        string contractId, ReadAt at, Caller caller, StreamReads streams, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Contracts, contractId, at, cancellation);
        return read is { State.Status: not ContractStatus.None }
            ? TypedResults.Ok(new Response(read.AsOf, [.. read.State.Receivables.Entries.Select(Item.Of)]))
            : Problem.NotFound("contract", contractId);
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items);

    /// <param name="InvoiceId">Absent for a payment of the oldest open invoices.</param>
    /// <param name="ContractId">In the list over all contracts; here it is the one asked about.</param>
    /// <param name="AccountId">Likewise.</param>
    internal sealed record Item(
        string Id, Kind Kind, DateOnly On, Money Amount, string? InvoiceId, string? Reason, string? ContractId = null,
        string? AccountId = null)
    {
        public static Item Of(BillingEntry entry) => entry.Event switch
        {
            ContractEvent.CreditNoteIssued e => new(entry.Id.Value, Kind.CreditNote, e.On, e.Amount, e.InvoiceId.Value, e.Reason),
            ContractEvent.RefundPaid e => new(entry.Id.Value, Kind.Refund, e.On, e.Amount, e.InvoiceId.Value, e.Reason),
            ContractEvent.PaymentReceived e => new(entry.Id.Value, Kind.Payment, e.On, e.Amount, e.InvoiceId?.Value, null),
            _ => throw new InvalidOperationException($"{entry.Event.GetType().Name} is no booking."),
        };
    }
}
