using SalesOps.Api.Http;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/credit-notes</c></summary>
internal sealed class IssueCreditNoteEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapBooking(
        "credit-notes", "IssueCreditNote", "Books a credit note on an invoice.",
        (body, id) => new ContractEvent.CreditNoteIssued(id, body.InvoiceId, body.On, body.Amount, body.Reason));
}
