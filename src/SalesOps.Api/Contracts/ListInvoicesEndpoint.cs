using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/contracts/{contractId}/invoices</c></summary>
internal sealed class ListInvoicesEndpoint : IEndpoint
{
    private static readonly CsvColumn<Item>[] Columns =
    [
        CsvColumn<Item>.Text("id", item => item.Id),
        CsvColumn<Item>.Date("on", item => item.On),
        CsvColumn<Item>.Date("dueOn", item => item.DueOn),
        CsvColumn<Item>.Text("currency", item => item.Amount.Currency),
        CsvColumn<Item>.Amount("amount", item => item.Amount),
        CsvColumn<Item>.Amount("credited", item => item.Credited),
        CsvColumn<Item>.Amount("received", item => item.Received),
        CsvColumn<Item>.Amount("open", item => item.Open),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/contracts/{contractId}/invoices", HandleAsync)
        .WithName("ListInvoices").WithTags("Billing")
        .WithSummary("A contract's invoices with what was credited, received and is open, by date.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string contractId, ReadAt at, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Contracts, contractId, at, cancellation);
        if (read is not { State.Status: not ContractStatus.None })
        {
            return Problem.NotFound("contract", contractId);
        }

        Item[] items = [.. read.State.Receivables.Invoices.Select(Item.Of)];
        return format.Value == AnswerFormat.Csv
            ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
            : TypedResults.Ok(new Response(read.AsOf, items));
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items);

    /// <param name="Received">Payments less refunds.</param>
    internal sealed record Item(
        string Id, DateOnly On, DateOnly? DueOn, Money Amount, Money Credited, Money Received, Money Open)
    {
        public static Item Of(Invoice invoice) => new(
            invoice.Id.Value, invoice.On, invoice.DueOn, invoice.Amount, invoice.Amount with { Amount = invoice.Credited },
            invoice.Received, invoice.Open);
    }
}
