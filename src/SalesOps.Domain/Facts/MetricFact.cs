using SalesOps.Domain.Catalog;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a metric of the catalogue.</summary>
public sealed record MetricFact(MetricTerms Terms, int DefinitionVersion, bool IsRetired)
{
    /// <summary>Nothing is kept before it is described.</summary>
    public static MetricFact? Of(Metric metric) =>
        metric.Terms is { } terms ? new(terms, metric.DefinitionVersion, metric.IsRetired) : null;
}
