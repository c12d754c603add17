using SalesOps.Api.Http;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/refunds</c></summary>
internal sealed class PayRefundEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapBooking(
        "refunds", "PayRefund", "Books a refund of what was received for an invoice.",
        (body, id) => new ContractEvent.RefundPaid(id, body.InvoiceId, body.On, body.Amount, body.Reason));
}
