using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Costs;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Costs;

/// <summary><c>GET /v1/metrics/cac</c></summary>
internal sealed class CacEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/cac", HandleAsync)
        .WithName("GetCac").WithTags("Metrics")
        .WithSummary("What a new customer cost: sales and marketing cost of a range over the accounts that first bought in it.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        ClosedDateRange range, ReadAt at, ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var days = new Period(range.From, range.To);
            var costs = await facts.CostsAsync(days, at.ValidAt, cancellation);
            var customers = await facts.NewCustomersAsync(days, at.ValidAt, cancellation);
            Item[] items =
            [
                .. costs.Where(cost => cost.Key.Kind != CostKind.Delivery).GroupBy(cost => cost.Key.Currency)
                    .OrderBy(currency => currency.Key, StringComparer.Ordinal)
                    .Select(currency => Item.Of(currency.Key, currency.ToDictionary(cost => cost.Key.Kind, cost => cost.Value), customers)),
            ];
            if (items is [])
            {
                items = [new(GroupKey.All, null, null, null, customers, null, "no-costs")];
            }

            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, items));
        }
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("currency", item => item.Cost?.Currency),
        CsvColumn<Item>.Amount("sales", item => item.Sales),
        CsvColumn<Item>.Amount("marketing", item => item.Marketing),
        CsvColumn<Item>.Amount("cost", item => item.Cost),
        CsvColumn<Item>.Number("newCustomers", item => item.NewCustomers),
        CsvColumn<Item>.Amount("cac", item => item.Cac),
        CsvColumn<Item>.Text("reason", item => item.Reason),
    ];

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items);

    /// <param name="Cost">Of sales and marketing.</param>
    /// <param name="NewCustomers">Accounts whose first won deal closed in the range.</param>
    /// <param name="Cac">Cost ÷ new customers.</param>
    /// <param name="Reason">Why there is none.</param>
    internal sealed record Item(
        string Key, Money? Sales, Money? Marketing, Money? Cost, long NewCustomers, Money? Cac, string? Reason)
    {
        public static Item Of(string currency, IReadOnlyDictionary<CostKind, decimal> costs, long customers)
        {
            var (sales, marketing) = (costs.GetValueOrDefault(CostKind.Sales), costs.GetValueOrDefault(CostKind.Marketing));
            var cac = Ratio.Of(sales + marketing, customers);
            return new(
                GroupKey.All, In(sales), In(marketing), In(sales + marketing), customers, cac.Value is { } each ? In(each) : null,
                cac.Reason);

            Money In(decimal amount) => new Money(amount, currency).Rounded();
        }
    }
}
