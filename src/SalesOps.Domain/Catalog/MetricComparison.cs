using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Catalog;

/// <summary>What a value is compared with (RULES R28).</summary>
public enum ComparedWith
{
    PreviousPeriod,
    SamePeriodLastYear,
    Benchmark,
    Target,

    /// <summary>The same of the same reps before a training.</summary>
    Before,
}

/// <summary>A value beside another.</summary>
/// <param name="Other">Absent where there is none, with the reason.</param>
public sealed record MetricComparison(ComparedWith With, string? Period, decimal Value, Ratio Other)
{
    /// <summary>The reason where the other period was reckoned by another definition.</summary>
    public const string DefinitionDiffers = "definition-differs";

    public decimal? Delta => Value - Other.Value;

    /// <summary>Δ ÷ the other.</summary>
    public Ratio DeltaPercent => Other.Value is { } other ? Ratio.Of(Value - other, other) : Other;

    /// <summary>100 where both are the same.</summary>
    public Ratio Index => Other.Value is { } other ? Ratio.Of(100 * Value, other) : Other;
}

/// <summary>That a metric crossed its target from one period to the next.</summary>
/// <param name="IsMet">Whether it is where the target wants it since.</param>
public sealed record TargetCrossing(string Period, decimal Before, decimal Value, bool IsMet)
{
    /// <summary>Every crossing in a run of periods, in order; a period without a value is passed over.</summary>
    public static IEnumerable<TargetCrossing> Of(MetricTerms terms, IEnumerable<(string Period, decimal? Value)> values)
    {
        decimal? before = null;
        foreach (var (period, value) in values)
        {
            if (value is not { } now)
            {
                continue;
            }

            if (before is { } last && terms.IsMetBy(now) is { } isMet && isMet != terms.IsMetBy(last))
            {
                yield return new(period, last, now, isMet);
            }

            before = now;
        }
    }
}
