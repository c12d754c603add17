using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>GET /v1/metrics/ramp</c></summary>
internal sealed class RampEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/ramp", HandleAsync)
        .WithName("GetRamp").WithTags("Metrics")
        .WithSummary("How long the reps hired in a range took to ramp, by one of three definitions.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        DateRange range, Choice<RampDefinition>? definition, int? k, decimal? x, Choice<ForecastPeriod>? period, ReadAt at,
        ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        var chosen = definition?.Value ?? RampDefinition.Sustained;
        var (inARow, percent) = chosen == RampDefinition.FirstFull
            ? (1, 100m)
            : (k ?? Ramp.DefaultInARow, x ?? 100 * Ramp.DefaultThreshold);
        return inARow is < 1 or > 24 || percent is <= 0 or > 1000
            ? Problem.BrokenRule(InputError.InParameter(
                "k", "ramp-range", "A ramp is k periods in a row, 1 to 24, of at least x percent, above 0 and at most 1000."))
            : await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var today = caller.Calendar.DateOf(at.ValidAt);
            if (chosen == RampDefinition.CyclePlus90)
            {
                var cycle = new CycleTally();
                await foreach (var deal in facts.ClosedDealsAsync(
                    at.ValidAt, today.AddYears(-1), today.AddDays(1), [DealStatus.Won], cancellation))
                {
                    cycle.Add(deal, deal.Amount);
                }

                return Answer([Item.Of(GroupKey.All, null, null, Ramp.OfCycle(cycle))]);
            }

            return Answer(
            [
                .. (await facts.RampsAsync(
                    range, period?.Value ?? ForecastPeriod.Month, inARow, percent / 100, at.ValidAt, caller.Calendar,
                    cancellation))
                    .Select(one => Item.Of(one.RepId.Value, one.Rep.Name, one.Rep.HiredOn, one.Ramp)),
            ]);

            IResult Answer(Item[] items)
            {
                var mean = Ramp.MeanOf(items.Select(item => item.Days));
                return format.Value == AnswerFormat.Csv
                    ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                    : TypedResults.Ok(new Response(asOf, chosen, items, mean.Value, mean.Reason));
            }
        }
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Date("hiredOn", item => item.HiredOn),
        CsvColumn<Item>.Text("period", item => item.Period),
        CsvColumn<Item>.Number("periods", item => item.Periods),
        new("days", item => item.Days is { } days ? RatioText.Write(days) : null),
        CsvColumn<Item>.Text("reason", item => item.Reason),
    ];

    /// <param name="Mean">Days, of those that have ramped.</param>
    /// <param name="Reason">Why there is no mean.</param>
    internal sealed record Response(
        AsOfView AsOf, RampDefinition Definition, IReadOnlyList<Item> Items, decimal? Mean, string? Reason);

    /// <param name="Period">In which the rep counts as ramped.</param>
    /// <param name="Periods">How many had passed before it since the hire.</param>
    /// <param name="Days">From the hire to the end of that period.</param>
    /// <param name="Reason">Why there is no ramp time.</param>
    internal sealed record Item(
        string Key, string? Label, DateOnly? HiredOn, string? Period, int? Periods, decimal? Days, string? Reason)
    {
        public static Item Of(string key, string? label, DateOnly? hiredOn, Ramp ramp) =>
            new(key, label, hiredOn, ramp.Period, ramp.Periods, ramp.Days, ramp.Reason);
    }
}
