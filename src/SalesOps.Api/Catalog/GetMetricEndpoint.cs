using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Catalog;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Catalog;

/// <summary><c>GET /v1/metrics/catalog/{metricId}</c></summary>
internal sealed class GetMetricEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/catalog/{metricId}", HandleAsync)
        .WithName("GetMetric").WithTags("Metrics")
        .WithSummary("A metric with what it comes to in a period, beside the period before, last year's, benchmark and target.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(404, 422);

    /// <summary>What becomes of a comparison with a period that another definition was in force in.</summary>
    internal enum AcrossDefinitions
    {
        Refuse,

        /// <summary>The other period is reckoned by the definition of the period asked for.</summary>
        Replay,
    }

    private static async Task<IResult> HandleAsync(
        string metricId, string? period, Choice<AcrossDefinitions>? acrossDefinitions, ReadAt at, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        var asked = period is null ? null : Period.Find(period);
        return period is not null && asked is null
            ? Problem.BrokenRule(InputError.InParameter(
                "period", ForecastRules.PeriodUnknown.Code, ForecastRules.PeriodUnknown.Detail))
            : await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var metrics = await facts.MetricsAsync(metricId, cancellation);
            if (metrics.GetValueOrDefault(metricId) is not { } versions || versions[0].ValidFrom > at.ValidAt)
            {
                return Problem.NotFound("metric", metricId);
            }

            var current = versions.At(at.ValidAt);
            var days = asked ?? LastOver(current.Terms.Length);
            var metric = asked is null ? current : versions.At(EndOf(days));
            var value = await ValueAsync(metric, days);
            return TypedResults.Ok(new Response(
                asOf, metricId, metric.Terms.Name, metric.Terms.Definition, metric.DefinitionVersion, metric.Terms.Measure,
                metric.Terms.Length, metric.Terms.Direction, metric.Terms.Target, metric.Terms.Benchmark,
                metric.Terms.BenchmarkSource, metric.Terms.Owner, current.IsRetired,
                period ?? PeriodKeys.Of(metric.Terms.Length, days.From).Key, value.Value, value.Reason,
                value.Value is { } known ? [.. (await CompareAsync(metric, known, days)).Select(Comparison.Of)] : [],
                value.Value is { } reached ? metric.Terms.IsMetBy(reached) : null));

            Period LastOver(ForecastPeriod length)
            {
                var running = PeriodKeys.Of(length, caller.Calendar.DateOf(at.ValidAt)).Days;
                return EndOf(running) <= at.ValidAt ? running : PeriodKeys.Before(running, ForecastBaseline.LastPeriod);
            }

            DateTimeOffset EndOf(Period of) => caller.Calendar.EndOf(of.To.AddDays(-1));

            async Task<Ratio> ValueAsync(MetricFact by, Period of) => by.Terms.Measure is { } measure
                ? await facts.MeasureAsync(measure, of, at.ValidAt, caller, cancellation)
                : Ratio.Absent("no-measure");

            async Task<IReadOnlyList<MetricComparison>> CompareAsync(MetricFact by, decimal known, Period of)
            {
                var comparisons = new List<MetricComparison>();
                foreach (var (with, baseline) in new[]
                {
                    (ComparedWith.PreviousPeriod, ForecastBaseline.LastPeriod),
                    (ComparedWith.SamePeriodLastYear, ForecastBaseline.SamePeriodLastYear),
                })
                {
                    var other = PeriodKeys.Before(of, baseline);
                    var isOther = versions.At(EndOf(other)).DefinitionVersion != by.DefinitionVersion;
                    comparisons.Add(new(
                        with, PeriodKeys.Of(by.Terms.Length, other.From).Key, known,
                        isOther && acrossDefinitions?.Value != AcrossDefinitions.Replay
                            ? Ratio.Absent(MetricComparison.DefinitionDiffers)
                            : await ValueAsync(by, other)));
                }

                if (by.Terms.Benchmark is { } benchmark)
                {
                    comparisons.Add(new(ComparedWith.Benchmark, null, known, new(benchmark, null)));
                }

                if (by.Terms.Target is { } target)
                {
                    comparisons.Add(new(ComparedWith.Target, null, known, new(target, null)));
                }

                return comparisons;
            }
        }
    }

    /// <summary>The metric as in force for the period.</summary>
    /// <param name="DefinitionVersion">Counts its definitions from 1.</param>
    /// <param name="Retired">No longer looked at.</param>
    /// <param name="Period">That is reckoned; the last one that is over unless another is asked for.</param>
    /// <param name="Reason">Why there is no value.</param>
    /// <param name="TargetMet">Whether the value is where the target wants it.</param>
    internal sealed record Response(
        AsOfView AsOf, string Id, string Name, string Definition, int DefinitionVersion, MetricMeasure? Measure,
        ForecastPeriod Length, MetricDirection Direction, decimal? Target, decimal? Benchmark, string? BenchmarkSource,
        string? Owner, bool Retired, string Period, decimal? Value, string? Reason, IReadOnlyList<Comparison> Comparisons,
        bool? TargetMet);

    /// <param name="Value">Of what it is compared with.</param>
    /// <param name="DeltaPercent">Δ ÷ the other, as a ratio.</param>
    /// <param name="Index">100 where both are the same.</param>
    /// <param name="Reason">Why there is no comparison.</param>
    internal sealed record Comparison(
        ComparedWith With, string? Period, decimal? Value, decimal? Delta, decimal? DeltaPercent, decimal? Index, string? Reason)
    {
        public static Comparison Of(MetricComparison compared) => new(
            compared.With, compared.Period, compared.Other.Value, compared.Delta, compared.DeltaPercent.Value, compared.Index.Value,
            compared.Other.Reason ?? compared.Index.Reason);
    }
}
