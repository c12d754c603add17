using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/win-rate</c></summary>
internal sealed class WinRateEndpoint : IEndpoint
{
    private const string ByCount = "closed.count";
    private const string ByValue = "closed.value";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/win-rate", HandleAsync)
        .WithName("GetWinRate").WithTags("Metrics")
        .WithSummary("Won ÷ (won + lost) of the deals that closed in a range, by count or by value.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal sealed record Response(
        AsOfView AsOf, string Definition, ClosedDealGrouping? GroupBy, IReadOnlyList<Item> Items);

    /// <param name="WithoutAmount">Deals that count for nothing by value.</param>
    /// <param name="Reason">Why there is no rate.</param>
    internal sealed record Item(
        string Key, string? Label, long Won, long Lost, decimal? Rate, string? Reason, long WithoutAmount,
        IReadOnlyList<Money> WonAmounts, IReadOnlyList<Money> LostAmounts);

    private static async Task<IResult> HandleAsync(
        ClosedDealsQuery query, string? definition, ChosenFormat format, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        var chosen = definition ?? ByCount;
        if (chosen is not (ByCount or ByValue))
        {
            return Problem.BrokenRule(InputError.InParameter(
                "definition", "definition-unknown", $"The definitions are {ByCount} and {ByValue}."));
        }

        return await reads.ReadAsync(query.At, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var groups = await query.TallyAsync<WinTally>(
                facts, caller.Calendar, [DealStatus.Won, DealStatus.Lost], cancellation);
            Item[] items = [.. groups.Select(group => ItemOf(group.Key, group.Label, group.Tally, chosen))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, chosen, query.GroupBy, items));
        }
    }

    private static Item ItemOf(string key, string? label, WinTally tally, string definition)
    {
        var rate = definition == ByValue ? tally.RateByValue : tally.RateByCount;
        return new(
            key, label, tally.Won, tally.Lost, rate.Value, rate.Reason, tally.WithoutAmount, tally.WonAmounts.Rounded,
            tally.LostAmounts.Rounded);
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Number("won", item => item.Won),
        CsvColumn<Item>.Number("lost", item => item.Lost),
        new("rate", item => item.Rate is { } rate ? RatioText.Write(rate) : null),
        CsvColumn<Item>.Text("reason", item => item.Reason),
    ];
}
