using SalesOps.Domain.Catalog;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Catalog;

/// <summary>A metric of the catalogue.</summary>
/// <param name="DefinitionVersion">Counts its definitions from 1.</param>
/// <param name="Retired">No longer looked at.</param>
internal sealed record MetricView(
    string Id, string Name, string Definition, int DefinitionVersion, MetricMeasure? Measure, ForecastPeriod Length,
    MetricDirection Direction, decimal? Target, decimal? Benchmark, string? BenchmarkSource, string? Owner, bool Retired)
{
    public static MetricView Of(string id, MetricFact metric) => new(
        id, metric.Terms.Name, metric.Terms.Definition, metric.DefinitionVersion, metric.Terms.Measure, metric.Terms.Length,
        metric.Terms.Direction, metric.Terms.Target, metric.Terms.Benchmark, metric.Terms.BenchmarkSource, metric.Terms.Owner,
        metric.IsRetired);
}
