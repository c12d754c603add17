using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Catalog;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Catalog;

/// <summary><c>GET /v1/metrics/alerts</c></summary>
internal sealed class MetricAlertsEndpoint : IEndpoint
{
    private const int YearsMax = 5;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/alerts", HandleAsync)
        .WithName("ListMetricAlerts").WithTags("Metrics")
        .WithSummary("Where chosen metrics crossed their targets: the periods of a range after which they were on the other side.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        ClosedDateRange range, ReadAt at, ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return range.To > range.From.AddYears(YearsMax)
            ? Problem.BrokenRule(InputError.InParameter("to", "range-too-long", $"The range has at most {YearsMax} years."))
            : await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var metrics = await facts.MetricsAsync(id: null, cancellation);
            var items = new List<Item>();
            foreach (var (id, versions) in metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
            {
                if (versions[0].ValidFrom <= at.ValidAt
                    && versions.At(at.ValidAt) is { IsRetired: false, Terms: { Target: not null, Measure: { } measure } terms })
                {
                    var values = new List<(string Period, decimal? Value)>();
                    foreach (var (key, days) in PeriodsOf(terms.Length))
                    {
                        values.Add((key, (await facts.MeasureAsync(measure, days, at.ValidAt, caller, cancellation)).Value));
                    }

                    items.AddRange(TargetCrossing.Of(terms, values).Select(crossing => new Item(
                        id, terms.Name, crossing.Period, terms.Target!.Value, terms.Direction, crossing.Before, crossing.Value,
                        crossing.IsMet, terms.Owner)));
                }
            }

            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, items));
        }

        // With the one before the range, which its first period is held against.
        IEnumerable<(string Key, Domain.Period Days)> PeriodsOf(ForecastPeriod length)
        {
            var first = PeriodKeys.Before(PeriodKeys.Of(length, range.From).Days, ForecastBaseline.LastPeriod).From;
            return PeriodKeys.Within(length, first, range.To)
                .Where(one => caller.Calendar.EndOf(one.Days.To.AddDays(-1)) <= at.ValidAt);
        }
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Text("period", item => item.Period),
        CsvColumn<Item>.Number("target", item => item.Target),
        new("before", item => RatioText.Write(item.Before)),
        new("value", item => RatioText.Write(item.Value)),
        CsvColumn<Item>.Text("targetMet", item => item.TargetMet ? "true" : "false"),
        CsvColumn<Item>.Text("owner", item => item.Owner),
    ];

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items);

    /// <param name="Key">The metric.</param>
    /// <param name="Period">With which it crossed its target.</param>
    /// <param name="Before">Its value in the period before.</param>
    /// <param name="TargetMet">Whether it is where the target wants it since.</param>
    internal sealed record Item(
        string Key, string Label, string Period, decimal Target, MetricDirection Direction, decimal Before, decimal Value,
        bool TargetMet, string? Owner);
}
