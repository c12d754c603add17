using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/invoices</c></summary>
internal sealed class ListAllInvoicesEndpoint : IEndpoint
{
    private static readonly CsvColumn<Item>[] Columns =
    [
        CsvColumn<Item>.Text("contractId", item => item.ContractId),
        CsvColumn<Item>.Text("accountId", item => item.AccountId),
        CsvColumn<Item>.Text("id", item => item.Id),
        CsvColumn<Item>.Date("on", item => item.On),
        CsvColumn<Item>.Date("dueOn", item => item.DueOn),
        CsvColumn<Item>.Text("status", item => EnumName<InvoiceStatus>.Of(item.Status)),
        CsvColumn<Item>.Text("currency", item => item.Amount.Currency),
        CsvColumn<Item>.Amount("amount", item => item.Amount),
        CsvColumn<Item>.Amount("credited", item => item.Credited),
        CsvColumn<Item>.Amount("received", item => item.Received),
        CsvColumn<Item>.Amount("open", item => item.Open),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/invoices", HandleAsync)
        .WithName("ListAllInvoices").WithTags("Billing")
        .WithSummary("The invoices of all contracts with what of them is open, by contract and id; from and to are their dates.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>()
        .Problems(422);

    internal enum InvoiceStatus
    {
        Open,
        Overdue,
        Settled,
    }

    private static Task<IResult> HandleAsync(
        CommaList? accountId, Choices<InvoiceStatus>? status, DateRange dates, ReadAt at, Paging paging, ChosenFormat format,
        Caller caller, BillingList lists, CancellationToken cancellation)
    {
        var today = caller.Calendar.DateOf(at.ValidAt);
        return lists.AnswerAsync(
            at, caller, paging, format, accountId?.Values, ItemsOf, item => (item.ContractId, item.Id), Columns,
            (asOf, items, next) => TypedResults.Ok(new Response(asOf, items, next)), cancellation);

        IEnumerable<Item> ItemsOf(string contractId, Contract contract) => contract.Receivables.Invoices
            .Where(invoice => !(invoice.On < dates.From) && !(invoice.On >= dates.To))
            .Select(invoice => Item.Of(contractId, contract, invoice, today))
            .Where(item => status?.Values.Contains(item.Status) ?? true);
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="Status">Overdue where something is open after the day on which it was due.</param>
    /// <param name="Received">Payments less refunds.</param>
    internal sealed record Item(
        string ContractId, string AccountId, string Id, DateOnly On, DateOnly? DueOn, InvoiceStatus Status, Money Amount,
        Money Credited, Money Received, Money Open)
    {
        public static Item Of(string contractId, Contract contract, Invoice invoice, DateOnly today) => new(
            contractId, contract.Drafting!.AccountId.Value, invoice.Id.Value, invoice.On, invoice.DueOn,
            invoice.Open.Amount == 0 ? InvoiceStatus.Settled : invoice.DueOn < today ? InvoiceStatus.Overdue : InvoiceStatus.Open,
            invoice.Amount, invoice.Amount with { Amount = invoice.Credited }, invoice.Received, invoice.Open);
    }
}
