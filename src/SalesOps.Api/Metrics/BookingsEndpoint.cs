using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/bookings</c></summary>
internal sealed class BookingsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/bookings", HandleAsync)
        .WithName("GetBookings").WithTags("Metrics")
        .WithSummary("What was won in a range: deals, amounts, and the average and the median deal.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal sealed record Response(AsOfView AsOf, ClosedDealGrouping? GroupBy, IReadOnlyList<Item> Items);

    /// <param name="WithoutAmount">Deals that are not in the average.</param>
    /// <param name="Reason">Why there is no average.</param>
    internal sealed record Item(
        string Key, string? Label, long Deals, long WithoutAmount, IReadOnlyList<Money> Amounts, Money? Average, Money? Median,
        string? Reason)
    {
        public static Item Of((string Key, string? Label, BookingsTally Tally) group) => new(
            group.Key, group.Label, group.Tally.Deals, group.Tally.WithoutAmount, group.Tally.Amounts.Rounded,
            group.Tally.Average, group.Tally.Median, group.Tally.Reason);
    }

    private static Task<IResult> HandleAsync(
        ClosedDealsQuery query, ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(query.At, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var groups = await query.TallyAsync<BookingsTally>(facts, caller.Calendar, [DealStatus.Won], cancellation);
            Item[] items = [.. groups.Select(Item.Of)];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Line>(Line.Columns, items.SelectMany(Line.Of).ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, query.GroupBy, items));
        }
    }

    /// <summary>A group in one currency, as CSV.</summary>
    private sealed record Line(Item Item, Money? Amount)
    {
        public static CsvColumn<Line>[] Columns { get; } =
        [
            CsvColumn<Line>.Text("key", line => line.Item.Key),
            CsvColumn<Line>.Text("label", line => line.Item.Label),
            CsvColumn<Line>.Number("deals", line => line.Item.Deals),
            CsvColumn<Line>.Number("withoutAmount", line => line.Item.WithoutAmount),
            CsvColumn<Line>.Text("currency", line => line.Amount?.Currency),
            CsvColumn<Line>.Amount("amount", line => line.Amount),
            CsvColumn<Line>.Amount("average", line => line.Item.Average),
            CsvColumn<Line>.Amount("median", line => line.Item.Median),
        ];

        public static IEnumerable<Line> Of(Item item) =>
            item.Amounts.Select(amount => (Money?)amount).DefaultIfEmpty().Select(amount => new Line(item, amount));
    }
}
