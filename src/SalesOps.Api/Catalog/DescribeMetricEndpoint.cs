using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Catalog;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Catalog;

/// <summary><c>PUT /v1/metrics/catalog/{metricId}</c></summary>
internal sealed class DescribeMetricEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/metrics/catalog/{metricId}", HandleAsync)
        .WithName("DescribeMetric").WithTags("Metrics")
        .WithSummary("Chooses a metric, says it anew or retires it; another definition is another version of it.")
        .RequireAuthorization(Policies.ManageCatalog)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string metricId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunPartAsync(
            write, StreamKinds.Metrics, metricId, metricId, body.EffectiveAt?.Start(write.Calendar),
            (metric, _, _) => new(DescribeMetric.Decide(metric, new(body.ToTerms(), body.Retired ?? false))),
            location: null, cancellation);

    /// <param name="Definition">What it says, in words.</param>
    /// <param name="Measure">What it is reckoned by; without one it is kept in words.</param>
    /// <param name="Length">How long its periods are. Default: quarter.</param>
    /// <param name="Direction">On which side of the target it should be. Default: higher.</param>
    /// <param name="Target">In the unit of the measure: a ratio, days, or an amount.</param>
    /// <param name="Benchmark">What others reach.</param>
    internal sealed record Request(
        string Name, string Definition, MetricMeasure? Measure, ForecastPeriod? Length, MetricDirection? Direction, decimal? Target,
        decimal? Benchmark, string? BenchmarkSource, string? Owner, bool? Retired, DateOrInstant? EffectiveAt)
    {
        public MetricTerms ToTerms() => new(
            Name, Definition, Length ?? ForecastPeriod.Quarter, Direction ?? MetricDirection.Higher, Measure, Target, Benchmark,
            BenchmarkSource, Owner);
    }
}
