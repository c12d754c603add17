using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/payments</c></summary>
internal sealed class ListAllPaymentsEndpoint : IEndpoint
{
    private static readonly CsvColumn<ListPaymentsEndpoint.Item>[] Columns =
    [
        CsvColumn<ListPaymentsEndpoint.Item>.Text("contractId", item => item.ContractId),
        CsvColumn<ListPaymentsEndpoint.Item>.Text("accountId", item => item.AccountId),
        CsvColumn<ListPaymentsEndpoint.Item>.Text("id", item => item.Id),
        CsvColumn<ListPaymentsEndpoint.Item>.Text("kind", item => EnumName<ListPaymentsEndpoint.Kind>.Of(item.Kind)),
        CsvColumn<ListPaymentsEndpoint.Item>.Date("on", item => item.On),
        CsvColumn<ListPaymentsEndpoint.Item>.Text("currency", item => item.Amount.Currency),
        CsvColumn<ListPaymentsEndpoint.Item>.Amount("amount", item => item.Amount),
        CsvColumn<ListPaymentsEndpoint.Item>.Text("invoiceId", item => item.InvoiceId),
        CsvColumn<ListPaymentsEndpoint.Item>.Text("reason", item => item.Reason),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/payments", HandleAsync)
        .WithName("ListAllPayments").WithTags("Billing")
        .WithSummary("Payments, credit notes and refunds of all contracts, by contract and id; from and to are their dates.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>()
        .Problems(422);

    private static Task<IResult> HandleAsync(
        CommaList? accountId, Choices<ListPaymentsEndpoint.Kind>? kind, DateRange dates, ReadAt at, Paging paging,
        ChosenFormat format, Caller caller, BillingList lists, CancellationToken cancellation)
    {
        return lists.AnswerAsync(
            at, caller, paging, format, accountId?.Values, ItemsOf, item => (item.ContractId!, item.Id), Columns,
            (asOf, items, next) => TypedResults.Ok(new Response(asOf, items, next)), cancellation);

        IEnumerable<ListPaymentsEndpoint.Item> ItemsOf(string contractId, Contract contract) => contract.Receivables.Entries
            .Select(entry => ListPaymentsEndpoint.Item.Of(entry) with
            {
                ContractId = contractId,
                AccountId = contract.Drafting!.AccountId.Value,
            })
            .Where(item => !(item.On < dates.From) && !(item.On >= dates.To)
                && (kind?.Values.Contains(item.Kind) ?? true));
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<ListPaymentsEndpoint.Item> Items, string? NextCursor);
}
